import { isAllowed, refusal } from '../auth/authorize.ts';
import { zonedDate } from '../certificates/definition.ts';
import { leavePassive } from '../cluster.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { booleanOf, stringOf, stringsOf } from '../http/json-values.ts';
import {
  argumentError,
  badRequestError,
  notSupportedError,
  nullReferenceError,
  RavenException,
} from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { ServerNode } from '../server-node.ts';
import type { Transaction } from '../store/store.ts';
import { version } from '../version.ts';
import { databaseNameProblem } from './database-name.ts';
import { describeRecord } from './database-record.ts';
import type { DatabaseRecord } from './database-table.ts';

/** The databases that the caller may see. */
export function visibleDatabases({ node, connection }: Exchange): DatabaseRecord[] {
  return node.databases.all().filter((database) => isAllowed(connection, 'DatabaseRead', database.name));
}

function listDatabases(exchange: Exchange): Reply {
  const { query, node, connection } = exchange;
  const name = query.string('name');
  const start = Math.max(query.integer('start') ?? 0, 0);
  const count = query.integer('pageSize') ?? 2147483647;
  let databases = visibleDatabases(exchange);
  if (name !== undefined) {
    databases = databases.filter((database) => database.name.toLowerCase() === name.toLowerCase());
    if (databases.length === 0) return empty(404);
  }
  const page = databases.slice(start, start + Math.max(count, 0));
  if (query.boolean('namesOnly') === true) return json({ Databases: page.map((database) => database.name) });
  const administers = (database: DatabaseRecord) => isAllowed(connection, 'DatabaseAdmin', database.name);
  const none = { HumaneSize: '0 Bytes', SizeInBytes: 0 };
  return json({
    Databases: page.map((database) => ({
      HasRevisionsConfiguration: false,
      HasExpirationConfiguration: false,
      HasRefreshConfiguration: false,
      HasDataArchivalConfiguration: false,
      IsAdmin: administers(database),
      IsEncrypted: false,
      Name: database.name,
      TotalSize: none,
      TempBuffersSize: none,
      IndexingErrors: 0,
      Alerts: 0,
      PerformanceHints: 0,
      UpTime: null,
      DocumentsCount: node.documents.count(database),
      IndexesCount: 0,
      RejectClients: false,
      Disabled: database.disabled,
      LockMode: 'Unlock',
      IndexingStatus: null,
      NodesTopology: {
        Members: [{ NodeTag: node.cluster.nodeTag, NodeUrl: node.publicUrl, ResponsibleNode: null }],
        Promotables: [],
        Rehabs: [],
      },
      DeletionInProgress: {},
      Environment: 'None',
      BackupInfo: null,
    })),
  });
}

async function createDatabase(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  await leavePassive(node);
  const body = await exchange.json();
  const name = stringOf(body, 'DatabaseName');
  if (name === undefined) throw nullReferenceError();
  const inQuery = query.string('name');
  if (inQuery !== undefined && inQuery.toLowerCase() !== name.toLowerCase())
    throw argumentError(`The name in the query ('${inQuery}') isn't the one in the body ('${name}').`);
  const problem = databaseNameProblem(name);
  if (problem !== undefined) throw badRequestError(problem);
  const disabled = booleanOf(body, 'Disabled') ?? false;
  const existing = node.databases.get(name);
  const etag = Number(exchange.header('etag')?.replaceAll('"', ''));
  if (existing !== undefined && !Number.isNaN(etag)) throw noUpdate(existing, etag);
  const record = await node.store.write((transaction) => {
    if (node.databases.get(name) !== undefined)
      throw new RavenException('Raven.Client.Exceptions.ConcurrencyException', `Database '${name}' already exists!`);
    return node.databases.create(transaction, name, node.cluster.next(transaction), disabled);
  });
  return json(
    {
      RaftCommandIndex: record.index,
      Name: name,
      Topology: topologyOf(node, record),
      NodesAddedTo: [node.publicUrl],
      ShardsDefined: false,
    },
    201,
  );
}

/** What is said to a client that would change a database's record. @param expected index that it has seen */
function noUpdate({ name, etag }: DatabaseRecord, expected: number): RavenException {
  return etag === expected
    ? notSupportedError('This server keeps databases as they were created: nothing of their settings can be changed.')
    : new RavenException(
        'Raven.Server.Rachis.RachisConcurrencyException',
        `Concurrency violation, the database ${name} has etag ${etag} but was expecting ${expected}`,
      );
}

async function deleteDatabases(exchange: Exchange): Promise<Reply> {
  const { node } = exchange;
  await leavePassive(node);
  const names = stringsOf(await exchange.json(), 'DatabaseNames') ?? [];
  const index = await node.store.write((transaction) => {
    node.store.flush();
    let last = -1;
    for (const name of names) {
      const database = node.databases.get(name);
      if (database === undefined) continue;
      last = node.cluster.next(transaction);
      node.documents.removeAll(transaction, database);
      node.databases.remove(transaction, database.name);
      removePermissions(exchange, transaction, database.name);
    }
    return last;
  });
  return json({ RaftCommandIndex: index, PendingDeletes: [] });
}

/** A deleted database leaves the permissions where it is spelled the same; other spellings stay (measured on RavenDB 7.2.7). */
function removePermissions({ node }: Exchange, transaction: Transaction, name: string): void {
  const affected = [...node.certificates.values()].filter(({ definition }) =>
    definition.permissions.some(([database]) => database === name),
  );
  for (const { definition } of affected) {
    const permissions = definition.permissions.filter(([database]) => database !== name);
    node.certificates.put(transaction, { ...definition, permissions });
  }
}

function missing(name: string, status: number): Reply {
  const reply = json({ Type: 'Error', Message: `Database ${name} wasn't found` }, status);
  // By this clients tell it from a server that is down. A name may hold anything, a header can't.
  return { ...reply, headers: { ...reply.headers, 'database-missing': encodeURI(name) } };
}

function databaseRecord({ node, query }: Exchange): Reply {
  const name = query.mandatory('name');
  const database = node.databases.get(name);
  if (database === undefined) return missing(name, 404);
  return json(describeRecord(database, topologyOf(node, database)));
}

function topologyOf(node: ServerNode, { index, createdAt, topologyId, transactionId }: DatabaseRecord) {
  return {
    Members: [node.cluster.nodeTag],
    Promotables: [],
    Rehabs: [],
    Stamp: { Index: index, Term: 1, LeadersTicks: -2 },
    NodesModifiedAt: zonedDate(createdAt),
    PromotablesStatus: {},
    DemotionReasons: {},
    DynamicNodesDistribution: false,
    ReplicationFactor: 1,
    DatabaseTopologyIdBase64: topologyId,
    ClusterTransactionIdBase64: transactionId,
    PriorityOrder: [],
  };
}

/** `POST /admin/databases/disable` and `enable`. */
const setDisabled =
  (disabled: boolean) =>
  async (exchange: Exchange): Promise<Reply> => {
    const { node } = exchange;
    const names = stringsOf(await exchange.json(), 'DatabaseNames') ?? [];
    const status = await node.store.write((transaction) =>
      names.map((name) => {
        const database = node.databases.get(name);
        if (database === undefined) return { Name: name, Success: false, Reason: 'database not found' };
        node.databases.setDisabled(transaction, database, disabled, node.cluster.next(transaction));
        const state = disabled ? 'True' : 'False';
        const reason = `Database state=${state} was propagated on the cluster`;
        return { Name: name, Success: true, Disabled: disabled, Reason: reason };
      }),
    );
    return json({ Status: status });
  };

/** `GET /topology`: where clients find a database; they ask before anything else. */
function databaseTopology(exchange: Exchange): Reply {
  const { node, query, connection, header } = exchange;
  const name = query.mandatory('name');
  if (!isAllowed(connection, 'DatabaseRead', name)) {
    const { status, message } = refusal(connection, 'DatabaseRead', name, header('raven-client-version') !== undefined);
    return json({ Type: 'InvalidAuth', Message: message }, status);
  }
  const database = node.databases.get(name);
  if (database === undefined) return missing(name, 503);
  return json({
    Promotables: [],
    Nodes: [
      {
        Url: node.publicUrl,
        ClusterTag: node.cluster.nodeTag,
        ServerRole: 'Member',
        Database: name,
        ServerVersion: version.header,
      },
    ],
    Etag: database.index,
  });
}

export const databaseRoutes: readonly Route[] = [
  route('GET', '/databases', 'ValidUser', listDatabases),
  route('GET', '/topology', 'ValidUser', databaseTopology),
  route('GET', '/admin/databases', 'Operator', databaseRecord),
  route('PUT', '/admin/databases', 'Operator', createDatabase),
  route('DELETE', '/admin/databases', 'Operator', deleteDatabases),
  route('POST', '/admin/databases/disable', 'Operator', setDisabled(true)),
  route('POST', '/admin/databases/enable', 'Operator', setDisabled(false)),
];
