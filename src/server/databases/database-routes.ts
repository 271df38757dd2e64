import { isAllowed, refusal } from '../auth/authorize.ts';
import { zonedDate } from '../certificates/definition.ts';
import { leavePassive } from '../cluster.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { booleanOf, stringOf, stringsOf } from '../http/json-values.ts';
import { argumentError, badRequestError, nullReferenceError, RavenException } from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { Transaction } from '../store/store.ts';
import { version } from '../version.ts';
import { databaseNameProblem } from './database-name.ts';
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
  const record = await node.store.write((transaction) => {
    if (node.databases.get(name) !== undefined)
      throw new RavenException('Raven.Client.Exceptions.ConcurrencyException', `Database '${name}' already exists!`);
    return node.databases.create(transaction, name, node.cluster.next(transaction), disabled);
  });
  return json(
    {
      RaftCommandIndex: record.index,
      Name: name,
      Topology: {
        Members: [node.cluster.nodeTag],
        Promotables: [],
        Rehabs: [],
        Stamp: { Index: record.index, Term: 1, LeadersTicks: -2 },
        NodesModifiedAt: zonedDate(record.createdAt),
        PromotablesStatus: {},
        DemotionReasons: {},
        DynamicNodesDistribution: false,
        ReplicationFactor: 1,
        DatabaseTopologyIdBase64: record.topologyId,
        ClusterTransactionIdBase64: record.transactionId,
        PriorityOrder: [],
      },
      NodesAddedTo: [node.publicUrl],
      ShardsDefined: false,
    },
    201,
  );
}

async function deleteDatabases(exchange: Exchange): Promise<Reply> {
  const { node } = exchange;
  await leavePassive(node);
  const names = stringsOf(await exchange.json(), 'DatabaseNames') ?? [];
  const index = await node.store.write((transaction) => {
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

function databaseRecord({ node, query }: Exchange): Reply {
  const name = query.mandatory('name');
  const database = node.databases.get(name);
  if (database === undefined) return json({ Type: 'Error', Message: `Database ${name} wasn't found` }, 404);
  return json({
    DatabaseName: database.name,
    Disabled: database.disabled,
    Encrypted: false,
    DeletionInProgress: {},
    DatabaseState: 'Normal',
    LockMode: 'Unlock',
    Topology: { Members: [node.cluster.nodeTag], Promotables: [], Rehabs: [], ReplicationFactor: 1 },
  });
}

/** `GET /topology`: where clients find a database; they ask before anything else. */
function databaseTopology(exchange: Exchange): Reply {
  const { node, query, connection, header } = exchange;
  const name = query.mandatory('name');
  if (!isAllowed(connection, 'DatabaseRead', name)) {
    const { status, message } = refusal(connection, 'DatabaseRead', name, header('raven-client-version') !== undefined);
    return json({ Type: 'InvalidAuth', Message: message }, status);
  }
  const database = node.databases.get(name);
  if (database === undefined) return json({ Type: 'Error', Message: `Database ${name} wasn't found` }, 503);
  return json({
    Promotables: [],
    Nodes: [
      {
        Url: node.publicUrl,
        ClusterTag: node.cluster.nodeTag,
        ServerRole: 'Member',
        Database: database.name,
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
];
