import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { type RunningNode, startNode } from '../../server/start-node.ts';
import { CommandError } from '../command-error.ts';
import type { StartOptions } from '../options.mjs';
import { readSettings, settingOf, type SettingValues } from './read-settings.ts';
import type { ServerSide } from './server-side.ts';

/** The built console, beside the built command line. */
export const consoleFiles = fileURLToPath(new URL('../app', import.meta.url));

/**
 * The node makes its data folder before it listens; a port that is in use is found out before anything is made.
 * @throws CommandError
 */
async function expectFreePort(serverUrl: string): Promise<void> {
  const url = new URL(serverUrl);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 443);
  const server = createServer();
  server.listen({ host: name === 'localhost' ? '127.0.0.1' : name, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new CommandError(
      code === 'EADDRINUSE'
        ? `The port ${String(port)} is in use: stop what listens at ${serverUrl}, or give another address with --server-url.`
        : `The server can’t listen at ${serverUrl} (${String(code)}).`,
      '',
    );
  }
  server.close();
  await once(server, 'close');
}

function factsOf(node: RunningNode, { asRavenDb, licence }: StartOptions, dataDir: string): [string, string][] {
  const kind = asRavenDb ? 'embedded, as a fresh RavenDB 7.2.7' : 'embedded';
  const facts: [string, string][] = [
    ['Server', `${node.url}  (${kind}, ${licence === 'none' ? 'no licence' : 'developer licence'})`],
    ['Data', dataDir],
  ];
  // A first admin's files have no passphrase: who can read the folder is an admin.
  if (node.client !== undefined) facts.push(['Admin', `${node.client.pfx}  (no passphrase)`]);
  return facts;
}

const envOf = ({ url, identity, client }: RunningNode): Record<string, string> => ({
  RAVENDB_URL: url,
  RAVENDB_ADMIN_PEM: identity.pem,
  RAVENDB_ADMIN_PFX: identity.pfx,
  RAVENDB_CA: identity.ca,
  RAVENDB_PID: String(process.pid),
  ...(client === undefined ? {} : { RAVENDB_CLIENT_PEM: client.pem, RAVENDB_CLIENT_PFX: client.pfx }),
});

/** Brings up the embedded node. @throws CommandError, StartError */
export async function openEmbeddedServer(options: StartOptions, log: (line: string) => void): Promise<ServerSide> {
  const settings: SettingValues = options.settings === undefined ? {} : await readSettings(options.settings);
  const dataDir = resolve(
    options.dataDir ?? settingOf(settings, 'DataDir') ?? envPaths('raven-certificates', { suffix: '' }).data,
  );
  const serverUrl = options.serverUrl ?? settingOf(settings, 'ServerUrl') ?? 'https://localhost:8443';
  if (URL.canParse(serverUrl)) await expectFreePort(serverUrl);
  const node = await startNode({
    dataDir,
    serverUrl,
    settings,
    licence: options.licence,
    asRavenDb: options.asRavenDb,
    studio: consoleFiles,
    log,
    ...(options.studio === undefined ? {} : { ravenStudio: resolve(options.studio) }),
    ...(options.sample === undefined ? {} : { sample: options.sample }),
  });
  try {
    const pem = await readFile(node.client?.pem ?? node.identity.pem, 'utf8');
    return {
      urls: [node.url],
      identity: { cert: pem, key: pem },
      trust: { ca: await readFile(node.identity.ca, 'utf8') },
      facts: factsOf(node, options, dataDir),
      env: envOf(node),
      dataDir,
      close: () => node.close(),
    };
  } catch (error) {
    await node.close();
    throw error;
  }
}
