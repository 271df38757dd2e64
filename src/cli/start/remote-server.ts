import { join, resolve } from 'node:path';
import type { SecureContext } from 'node:tls';
import envPaths from 'env-paths';
import { type ClientIdentity, secureContextOf } from '../../gateway/server-trust.ts';
import { type IdentityFiles, readIdentity } from '../client-identity.ts';
import { openOwnFolder } from '../../server/store/own-folder.ts';
import { CommandError } from '../command-error.ts';
import { readCa } from '../connection.ts';
import type { StartOptions } from '../options.mjs';
import { readPassphraseFile } from '../passphrases.ts';
import type { Terminal } from '../terminal.ts';
import { trustServer } from './known-servers.ts';
import type { ServerSide } from './server-side.ts';

function contextOf(identity: ClientIdentity, ca: string | undefined, file: string): SecureContext {
  try {
    return secureContextOf(identity, ca === undefined ? {} : { ca });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new CommandError(`The certificate and key in ${file} can’t be used (${reason}).`, '');
  }
}

function filesOf({ pfx, cert, key }: StartOptions): IdentityFiles {
  if (pfx !== undefined) return { pfx };
  if (cert === undefined) throw new CommandError('--url needs your certificate.', '');
  return key === undefined ? { cert } : { cert, key };
}

/** A RavenDB server that runs already. @throws CommandError, StartError when the data folder isn't one's own */
export async function openRemoteServer(url: string, options: StartOptions, terminal: Terminal): Promise<ServerSide> {
  const { passphraseFile } = options;
  const dataDir = options.dataDir === undefined ? undefined : openOwnFolder(resolve(options.dataDir));
  const files = filesOf(options);
  const passphrase =
    passphraseFile === undefined ? undefined : await readPassphraseFile(terminal, passphraseFile, '--passphrase-file');
  const advice = 'Give the right one with --passphrase-file, or start on a terminal to be asked.';
  const identity = await readIdentity(files, { terminal, passphrase, advice });
  const ca = options.ca === undefined ? undefined : await readCa(options.ca);
  const name = 'pfx' in files ? files.pfx : files.cert;
  const file = join(envPaths('raven-certificates', { suffix: '' }).config, 'known-servers.json');
  const trust = await trustServer(url, contextOf(identity, ca, name), { ca, file, terminal });
  return {
    url,
    identity,
    trust,
    facts: [
      ['Server', url],
      ['As', resolve(name)],
    ],
    env: {},
    dataDir,
    close: () => Promise.resolve(),
  };
}
