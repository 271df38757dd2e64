import { databaseNameProblem } from '../databases/database-name.ts';
import { visibleDatabases } from '../databases/database-routes.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { argumentError, RavenException } from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { timeSpan } from '../info/info-routes.ts';

/** The questions that RavenDB's Studio asks before it draws a view, as RavenDB 7.2.7 answers them. */

const none = { HumaneSize: '0 Bytes', SizeInBytes: 0 };

function studioDatabases(exchange: Exchange): Reply {
  const { node, query } = exchange;
  const name = query.string('name')?.toLowerCase();
  const databases = visibleDatabases(exchange).filter((each) => name === undefined || each.name.toLowerCase() === name);
  if (name !== undefined && databases.length === 0) return empty(404);
  const { nodeTag } = node.cluster;
  return json({
    Databases: databases.map(({ name: database, disabled }) => ({
      Name: database,
      IsSharded: false,
      IsDisabled: disabled,
      IsEncrypted: false,
      IndexesCount: 0,
      StudioEnvironment: 'None',
      HasRevisionsConfiguration: false,
      HasExpirationConfiguration: false,
      HasRefreshConfiguration: false,
      HasDataArchivalConfiguration: false,
      DeletionInProgress: {},
      LockMode: 'Unlock',
      NodesTopology: {
        Members: [{ NodeTag: nodeTag, NodeUrl: node.publicUrl, ResponsibleNode: null }],
        Promotables: [],
        Rehabs: [],
        Status: { [nodeTag]: { LastStatus: 'Ok', LastError: null } },
        PriorityOrder: [],
        DynamicNodesDistribution: false,
      },
      Sharding: null,
    })),
  });
}

function databaseStates(exchange: Exchange): Reply {
  const { node } = exchange;
  return json({
    Orchestrators: [],
    Databases: visibleDatabases(exchange).map((database) => ({
      Name: database.name,
      TotalSize: none,
      TempBuffersSize: none,
      UpTime: database.disabled ? null : timeSpan(Date.now() - node.statistics.startUpTime),
      BackupInfo: null,
      Alerts: 0,
      PerformanceHints: 0,
      IndexingErrors: 0,
      TasksErrors: 0,
      DocumentsCount: node.documents.count(database),
      IndexingStatus: database.disabled ? 'Disabled' : 'Running',
      DatabaseStatus: database.disabled ? 'Disabled' : 'Online',
    })),
  });
}

function isValidName({ query }: Exchange): Reply {
  const type = query.mandatory('type');
  const name = query.mandatory('name');
  // Scripts, queues and the like, which there are none of here, have rules of their own.
  if (type.toLowerCase() !== 'database')
    throw argumentError(`Only names of databases are judged here, not of '${type}'.`);
  const problem = databaseNameProblem(name);
  return json({ IsValid: problem === undefined, ErrorMessage: problem ?? null });
}

const noUsage = {
  NumberOfStaticIndexesInCluster: 0,
  NumberOfAutoIndexesInCluster: 0,
  NumberOfCustomSortersInCluster: 0,
  NumberOfAnalyzersInCluster: 0,
  NumberOfSubscriptionsInCluster: 0,
};

function licenceSupport(): Reply {
  throw new RavenException('System.InvalidOperationException', "License doesn't exist");
}

export const studioTaskRoutes: readonly Route[] = [
  route('GET', '/studio-tasks/databases', 'ValidUser', studioDatabases),
  route('GET', '/studio-tasks/databases/state', 'ValidUser', databaseStates),
  route('GET', '/studio-tasks/is-valid-name', 'ValidUser', isValidName),
  route('GET', '/admin/operations/next-operation-id', 'Operator', ({ node }) => json({ Id: node.operations.nextId() })),
  route('GET', '/license/limits-usage', 'ValidUser', () => json(noUsage)),
  route('GET', '/license/support', 'ValidUser', licenceSupport),
  // There is no assistant here, and nothing goes out to ask for one.
  route('GET', '/assistant/settings', 'ValidUser', () =>
    json({ DisableAiAssistant: true, DisableDataSubmission: true }),
  ),
  route('POST', '/build/version/updates', 'ValidUser', () =>
    json({ Version: null, PublishedAt: null, BuildNumber: null }),
  ),
];
