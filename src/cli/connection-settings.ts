import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import type { IdentityFiles } from './client-identity.ts';
import { requireOwnFile } from '../server/store/own-folder.ts';
import { StartError } from '../server/start-error.ts';
import { CommandError, usageError } from './command-error.ts';
import { type Environment, parseEnvironment, readEnvironmentFile } from './environment-file.ts';
import { exitCodes } from './exit-codes.ts';

/** The options that say which server and who we are; the same names as those of `npm start`. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly pfx?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphraseFile?: string;
  readonly ca?: string;
  readonly env?: string;
}

export interface ConnectionSettings {
  /** `https://host:port`. */
  readonly serverUrl: string;
  readonly identity: IdentityFiles;
  readonly passphraseFile: string | undefined;
  /** File of PEM certificates that vouch for the server's, beside the system's. */
  readonly ca: string | undefined;
}

/** Where the embedded node of `npm start` keeps its data unless told otherwise. */
const defaultDataDirectory = (env: Environment): string =>
  env.RAVEN_CERTIFICATES_DATA_DIR || envPaths('raven-certificates', { suffix: '' }).data;

/** `https://host:port` of what was given as address. @throws CommandError */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:')
    throw usageError(
      `${text} is not encrypted: without https RavenDB knows no certificates.`,
      'Give the https address of a secured server.',
    );
  if (url?.protocol !== 'https:')
    throw usageError(`“${text}” is no address of a server.`, 'Write it as https://host:port.');
  return url.origin;
}

function identityIn(env: Environment): IdentityFiles | undefined {
  if (env.RAVEN_CERTIFICATES_PFX) return { pfx: env.RAVEN_CERTIFICATES_PFX };
  if (env.RAVEN_CERTIFICATES_CERT)
    return {
      cert: env.RAVEN_CERTIFICATES_CERT,
      ...(env.RAVEN_CERTIFICATES_KEY ? { key: env.RAVEN_CERTIFICATES_KEY } : {}),
    };
  const pem = env.RAVENDB_CLIENT_PEM || (env.RAVENDB_CLIENT_PFX ? undefined : env.RAVENDB_ADMIN_PEM);
  if (pem) return { cert: pem };
  const pfx = env.RAVENDB_CLIENT_PFX || env.RAVENDB_ADMIN_PFX;
  return pfx ? { pfx } : undefined;
}

function identityOf({ pfx, cert, key }: ConnectionOptions): IdentityFiles | undefined {
  if (pfx !== undefined && cert !== undefined)
    throw usageError('--pfx and --cert name two certificates.', 'Give one of the two.');
  if (key !== undefined && cert === undefined)
    throw usageError('--key needs --cert.', 'Name the certificate that the key belongs to with --cert.');
  if (pfx !== undefined) return { pfx };
  return cert === undefined ? undefined : { cert, ...(key === undefined ? {} : { key }) };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Somebody else's file would lead to a server of theirs. @throws CommandError */
function requireOwn(file: string): void {
  try {
    requireOwnFile(`The file ${file}`, file);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new CommandError(
      error.message,
      'Or name a server with --url, and a certificate with --pfx.',
      exitCodes.usage,
    );
  }
}

/** What the embedded node wrote when it started; empty when none runs. @throws CommandError when it isn't one's own */
async function runningNode(env: Environment): Promise<Environment> {
  const file = join(defaultDataDirectory(env), 'env');
  requireOwn(file);
  const content = await readFile(file, 'utf8').catch(() => '');
  const values = parseEnvironment(content);
  return values.RAVENDB_PID !== undefined && isAlive(Number(values.RAVENDB_PID)) ? values : {};
}

const noServer = (env: Environment): CommandError =>
  new CommandError(
    `No server was named, and no embedded node runs (there is none in ${dirname(join(defaultDataDirectory(env), 'env'))}).`,
    'Start one with “npm start”, or name a server with --url and a certificate with --pfx.',
    exitCodes.usage,
  );

/**
 * Which server to talk to and as whom. Options win over the file named by --env, that over environment variables, and those over the
 * embedded node that runs on the default data directory; that one is asked only when nothing else names a server.
 * @throws CommandError when something is missing or doesn't fit together
 */
export async function connectionSettings(options: ConnectionOptions, env: Environment): Promise<ConnectionSettings> {
  const fromFile = options.env === undefined ? {} : await readEnvironmentFile(options.env);
  const named =
    options.url ?? [fromFile, env].map((each) => each.RAVENDB_URL || each.RAVEN_CERTIFICATES_URL).find((each) => each);
  const sources = named === undefined ? [fromFile, env, await runningNode(env)] : [fromFile, env];
  const first = (...names: string[]): string | undefined =>
    sources.flatMap((source) => names.map((name) => source[name])).find((value) => value);
  const url = named ?? first('RAVENDB_URL');
  if (url === undefined) throw noServer(env);
  const identity = identityOf(options) ?? sources.map(identityIn).find((each) => each !== undefined);
  if (identity === undefined)
    throw usageError(
      `No certificate was named to talk to ${url} with.`,
      'Give --pfx FILE, or --cert FILE and --key FILE. Its clearance decides what you may do.',
    );
  return {
    serverUrl: serverAddress(url),
    identity,
    passphraseFile: options.passphraseFile ?? first('RAVEN_CERTIFICATES_PASSPHRASE_FILE'),
    ca: options.ca ?? first('RAVEN_CERTIFICATES_CA', 'RAVENDB_CA'),
  };
}
