import { readFile } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';
import { lookAtServer, type ServerCertificateLook, type ServerTrust } from '../../gateway/server-trust.ts';
import { requireOwnFile } from '../../server/store/own-folder.ts';
import { CommandError } from '../command-error.ts';
import { ask } from '../prompts.ts';
import { printable } from '../printable.ts';
import { printMessage, type Terminal } from '../terminal.ts';
import { writePrivateFile } from './private-file.ts';

/** Fingerprints (SHA-256) that the admin confirmed, by the server's address. */
type KnownServers = Readonly<Record<string, string>>;

/** @throws StartError when somebody else may have written the file */
async function readKnown(file: string): Promise<KnownServers> {
  requireOwnFile(`The file ${file}`, file);
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    const value: unknown = JSON.parse(text);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    // A file that somebody broke vouches for nobody; the next confirmation writes it anew.
    return {};
  }
}

function show(terminal: Terminal, serverUrl: string, look: ServerCertificateLook, known: string | undefined): void {
  const lines = [
    '',
    known === undefined
      ? `Nothing vouches for the certificate of ${serverUrl}: ${look.reason}.`
      : `The certificate of ${serverUrl} has CHANGED since you confirmed it, and nothing vouches for the new one.`,
    '',
    `  Subject      ${look.subject}`,
    `  Issuer       ${look.issuer}`,
    `  Valid until  ${look.validTo}`,
    `  SHA-256      ${look.fingerprint.slice(0, 48)}`,
    `               ${look.fingerprint.slice(48)}`,
    '',
    'Compare the fingerprint with the one that the server’s owner gives you.',
  ];
  for (const line of lines) printMessage(terminal, printable(line));
}

/**
 * What makes the server's certificate good: the system's roots, `ca`, or a fingerprint that the admin confirms here, once, and that is
 * remembered for this address. A server that doesn't answer can't be judged yet: then what is known so far has to do.
 * @param ca PEM
 * @param file where confirmed fingerprints are kept
 * @throws CommandError when nothing vouches for the server and nobody says yes
 */
export async function trustServer(
  serverUrl: string,
  context: SecureContext,
  { ca, file, terminal }: { ca: string | undefined; file: string; terminal: Terminal },
): Promise<ServerTrust> {
  const known = await readKnown(file);
  const confirmed = known[serverUrl];
  const trust: ServerTrust = {
    ...(ca === undefined ? {} : { ca }),
    ...(confirmed === undefined ? {} : { fingerprints: [confirmed] }),
  };
  let look: ServerCertificateLook;
  try {
    look = await lookAtServer(serverUrl, context, trust);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    printMessage(
      terminal,
      `${serverUrl} doesn’t answer (${String(code ?? message)}); the console goes on by itself when it does.`,
    );
    return trust;
  }
  if (look.trusted) return trust;
  show(terminal, serverUrl, look, confirmed);
  const refused = new CommandError(
    confirmed === undefined
      ? `The certificate of ${serverUrl} isn’t trusted (${look.reason}): name its authority with --ca, or start once on a terminal to confirm its fingerprint.`
      : `The certificate of ${serverUrl} isn’t the one that was confirmed: start once on a terminal to confirm the new one.`,
    '',
  );
  const answer = await ask(terminal, 'Trust this certificate? Type “yes”: ', refused);
  if (answer !== 'yes') throw new CommandError('The server’s certificate wasn’t confirmed.', '');
  await writePrivateFile(file, `${JSON.stringify({ ...known, [serverUrl]: look.fingerprint }, null, 2)}\n`);
  return { ...trust, fingerprints: [look.fingerprint] };
}
