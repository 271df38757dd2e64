import type { RavenApi } from '../api/client.ts';
import type { ClientIdentity } from '../gateway/server-trust.ts';
import { createUpstream, type Upstream } from '../gateway/upstream.ts';
import { readIdentity, readInput } from './client-identity.ts';
import { CommandError } from './command-error.ts';
import { type ConnectionOptions, connectionSettings } from './connection-settings.ts';
import { readPassphraseFile } from './passphrases.ts';
import { ravenFetch } from './raven-fetch.ts';
import type { Terminal } from './terminal.ts';

/** A way to one server as one certificate. */
export interface Connection {
  readonly api: RavenApi;
  /** `https://host:port`. */
  readonly serverUrl: string;
  readonly close: () => Promise<void>;
}

/** PEM text of `--ca`. @throws CommandError */
export async function readCa(file: string): Promise<string> {
  const text = (await readInput(file)).toString('utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new CommandError(
      `${file} holds no certificate in PEM form.`,
      'Name a PEM file of the authority that issued the server’s certificate with --ca.',
    );
  return text;
}

function open(identity: ClientIdentity, ca: string | undefined): Upstream {
  try {
    return createUpstream(identity, ca === undefined ? {} : { ca });
  } catch (error) {
    throw new CommandError(
      `This certificate and key can't be used (${error instanceof Error ? error.message : 'unknown reason'}).`,
      'Check that the key belongs to the certificate, and the passphrase to the key.',
    );
  }
}

/**
 * Reads who we are and prepares the way to the server; the first request makes the connection. The server's certificate is checked
 * against the system's roots and `--ca`.
 * @throws CommandError
 */
export async function connect(options: ConnectionOptions, terminal: Terminal): Promise<Connection> {
  const { serverUrl, identity, passphraseFile, ca } = await connectionSettings(options, terminal.env);
  const passphrase =
    passphraseFile === undefined ? undefined : await readPassphraseFile(terminal, passphraseFile, '--passphrase-file');
  const own = await readIdentity(identity, {
    terminal,
    passphrase,
    advice: 'Give the right one on the first line of --passphrase-file, or run this on a terminal to be asked.',
  });
  const upstream = open(own, ca === undefined ? undefined : await readCa(ca));
  return { api: { baseUrl: serverUrl, fetch: ravenFetch(upstream) }, serverUrl, close: upstream.close };
}
