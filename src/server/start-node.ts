import { join, resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { Authenticator } from './auth/authenticator.ts';
import { CertificateTable } from './certificates/certificate-table.ts';
import { certificateRoutes, ownCertificateRoutes } from './certificates/routes.ts';
import { firstAdmin, type ClientFiles } from './certificates/first-admin.ts';
import { Cluster } from './cluster.ts';
import { createCryptoPool, type CryptoPool } from './crypto/crypto-pool.ts';
import { databaseRoutes } from './databases/database-routes.ts';
import { DatabaseTable } from './databases/database-table.ts';
import { documentRoutes } from './databases/document-routes.ts';
import { Documents } from './databases/documents.ts';
import { Hardenings } from './hardenings.ts';
import { History } from './history/history.ts';
import { Pipeline } from './http/pipeline.ts';
import { Router } from './http/router.ts';
import { createUpgrades } from './http/upgrade.ts';
import { infoRoutes } from './info/info-routes.ts';
import { routesRoute } from './info/routes-route.ts';
import { Licence, type LicenceKind } from './licence/licence.ts';
import { NotificationCenter } from './notifications/notification-center.ts';
import { Operations } from './notifications/operations.ts';
import { watchRoutes } from './notifications/watch-routes.ts';
import type { ServerNode } from './server-node.ts';
import { Settings } from './settings/settings.ts';
import { StartError } from './start-error.ts';
import { Statistics } from './statistics/statistics.ts';
import { FolderHeldError, lockFolder, type FolderLock } from './store/folder-lock.ts';
import { openOwnFolder } from './store/own-folder.ts';
import { DamagedStoreError, Store } from './store/store.ts';
import { readStudio } from './studio/raven-studio.ts';
import { ownStudioRoutes, studioFiles, studioRoutes } from './studio/studio-routes.ts';
import { studioTaskRoutes } from './studio/studio-task-routes.ts';
import { IdentityFiles } from './tls/identity-files.ts';
import { IdentityKeeper } from './tls/identity-keeper.ts';
import { Listener, requireFreePort } from './tls/listener.ts';
import { Renewal } from './tls/renewal.ts';
import { Replacement } from './tls/replacement.ts';
import { CodeGuard } from './two-factor/code-guard.ts';
import { twoFactorRoutes } from './two-factor/routes.ts';
import { TwoFactorSessions } from './two-factor/sessions.ts';
import { addSample } from './sample/sample.ts';

export interface NodeOptions {
  /** Everything that the node keeps is below this folder; it is made when it isn't there. */
  readonly dataDir: string;
  /** E.g. `https://localhost:8443`; port 0 picks a free one. */
  readonly serverUrl: string;
  /** Keys of RavenDB's configuration, e.g. `Security.Csrf.TrustedOrigins`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly licence: LicenceKind;
  /** Fills an empty node with so many example certificates and 20 databases. */
  readonly sample?: number;
  /** Start exactly as a fresh RavenDB without licence does: passive, no hardenings, no route of our own, no first admin. */
  readonly asRavenDb: boolean;
  /** The folder with the built console, to be served at `/studio/`. */
  readonly studio?: string;
  /** Folder or zip of the user's own copy of RavenDB Studio, to be served there in its place. */
  readonly ravenStudio?: string;
  readonly log: (line: string) => void;
}

export interface RunningNode {
  /** What clients reach the node at. */
  readonly url: string;
  /** Paths of the server's own identity, and of what clients trust. */
  readonly identity: { readonly pem: string; readonly pfx: string; readonly ca: string };
  /** Paths of the first admin's certificate; absent when the node is to be as RavenDB. */
  readonly client?: ClientFiles;
  close(): Promise<void>;
}

/**
 * Starts a node.
 * @throws StartError with one sentence when it can't: nothing was changed then
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const settings = new Settings(options.settings);
  for (const key of settings.unknownKeys)
    options.log(`The setting ${key} is not one that this server honours; it is ignored.`);
  const url = serverUrl(options.serverUrl);
  const dataDir = openOwnFolder(options.dataDir);
  const lock = await holdFolder(dataDir);
  const crypto = createCryptoPool();
  const opened: Closable[] = [{ close: () => lock.release() }, crypto];
  try {
    return await run(options, settings, url, dataDir, crypto, opened);
  } catch (error) {
    await closeAll(opened);
    throw diskProblem(error, dataDir) ?? error;
  }
}

/** What the system or LMDB says when the disk is read-only, full, failing or not ours, or the store is damaged. */
function diskProblem(error: unknown, dataDir: string): StartError | undefined {
  if (error instanceof DamagedStoreError)
    return new StartError(
      `The file ${error.message} is damaged: bring back a copy of its folder, or start with another data folder.`,
    );
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  // LMDB gives the number, Node the name.
  const number = typeof error.code === 'number' ? -error.code : 'errno' in error ? Number(error.errno) : 0;
  const [code = '', text = code] = getSystemErrorMap().get(number) ?? [];
  return ['EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'EACCES', 'EPERM'].includes(code)
    ? new StartError(`The data folder ${dataDir} can't be written (${text}): look at its disk and rights.`)
    : undefined;
}

async function run(
  options: NodeOptions,
  settings: Settings,
  url: URL,
  dataDir: string,
  crypto: CryptoPool,
  opened: Closable[],
): Promise<RunningNode> {
  const { asRavenDb, log } = options;
  const files = new IdentityFiles(dataDir, settings.certificatePath, settings.certificatePassword, crypto);
  const publicHost = new URL(settings.publicServerUrl ?? url.href).hostname;
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', bare(url.hostname), bare(publicHost)])];
  await requireFreePort(bare(url.hostname), Number(url.port || 443));
  const identity = await IdentityKeeper.open({ files, crypto, hosts });
  const store = new Store(join(dataDir, 'store'));
  opened.push(store);
  const certificates = new CertificateTable(store);
  const databases = new DatabaseTable(store);
  const documents = new Documents(store);
  const cluster = new Cluster(store);
  const history = new History(store);
  store.onReload(() => [certificates, databases, cluster].forEach((table) => table.load()));
  const hardenings = new Hardenings(!asRavenDb);
  const licence = new Licence(options.licence);
  const sessions = new TwoFactorSessions();
  const replacement = new Replacement({ store, certificates, cluster, history, identity, log });
  const setupMode = () => settings.setupMode ?? (!asRavenDb && identity.managed ? 'LetsEncrypt' : 'None');
  const renewal = new Renewal({ identity, replacement, log, enabled: () => setupMode() === 'LetsEncrypt' });
  const place = { publicUrl: settings.publicServerUrl ?? url.origin };
  const authenticator = new Authenticator({
    certificates,
    store,
    sessions,
    settings,
    hardenings,
    history,
    log,
    serverThumbprint: () => identity.current.thumbprint,
    ownIssuers: () => identity.issuers,
    host: () => new URL(place.publicUrl).hostname,
    sso: licence.sso,
  });
  const operations = new Operations();
  const node: ServerNode = {
    store,
    cluster,
    certificates,
    databases,
    documents,
    history,
    sessions,
    codes: new CodeGuard(store, hardenings),
    statistics: new Statistics(),
    settings,
    licence,
    hardenings,
    authenticator,
    crypto,
    identity,
    replacement,
    renewal,
    setupMode,
    asRavenDb,
    get publicUrl() {
      return place.publicUrl;
    },
    studio: options.studio === undefined ? undefined : resolve(options.studio),
    ravenStudio: options.ravenStudio === undefined ? undefined : readStudio(options.ravenStudio),
    operations,
    notifications: new NotificationCenter(operations),
    log,
  };
  opened.push(node.notifications);
  const own = asRavenDb ? [] : [...ownCertificateRoutes, ...ownStudioRoutes];
  const server = [
    ...certificateRoutes,
    ...own,
    ...twoFactorRoutes,
    ...databaseRoutes,
    ...infoRoutes,
    ...studioTaskRoutes,
    ...studioRoutes,
  ];
  server.push(routesRoute(server, documentRoutes));
  const pipeline = new Pipeline(node, new Router(server, documentRoutes, studioFiles));
  const upgrade = createUpgrades(node, pipeline, watchRoutes);
  const listener = new Listener({
    identity: identity.current,
    open: (peer, remoteAddress) => authenticator.open(peer, remoteAddress),
    handle: (connection, request, answer) => void pipeline.answer(connection, request, answer),
    upgrade,
  });
  identity.onSwap((next) => listener.swap(next));
  opened.push(listener);
  const port = await listener.listen(bare(url.hostname), Number(url.port || 443));
  if (settings.publicServerUrl === undefined) place.publicUrl = `https://${url.hostname}:${port}`;
  const client = asRavenDb ? undefined : await firstAdmin(node, dataDir);
  if (options.sample !== undefined) await addSample(node, options.sample);
  replacement.proceed();
  renewal.watch();
  return {
    url: place.publicUrl,
    identity: { pem: files.pem, pfx: files.pfx, ca: files.ca },
    ...(client === undefined ? {} : { client }),
    close: async () => {
      renewal.stop();
      await replacement.settled();
      await closeAll(opened);
    },
  };
}

interface Closable {
  close(): Promise<unknown>;
}

/** The last one opened goes first. */
async function closeAll(opened: Closable[]): Promise<void> {
  for (const part of opened.splice(0).reverse()) await part.close();
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function serverUrl(text: string): URL {
  if (!URL.canParse(text))
    throw new StartError(`The server URL ${text} is no URL: give one such as https://localhost:8443.`);
  const url = new URL(text);
  if (url.protocol !== 'https:')
    throw new StartError(`The server URL ${text} must begin with https://, since certificates need TLS.`);
  return url;
}

async function holdFolder(dataDir: string): Promise<FolderLock> {
  try {
    return await lockFolder(dataDir);
  } catch (error) {
    if (!(error instanceof FolderHeldError)) throw error;
    const who = error.pid === undefined ? 'another process' : `process ${error.pid}`;
    throw new StartError(`The data folder ${dataDir} is held by ${who}: stop that one first, or use another folder.`);
  }
}
