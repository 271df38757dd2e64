import { zonedDate } from '../certificates/definition.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import type { JsonObject, JsonValue } from '../http/json-reader.ts';
import { arrayOf, stringOf, stringsOf } from '../http/json-values.ts';
import { argumentError, invalidOperationError } from '../http/raven-exception.ts';
import { empty, json, jsonPieces, notFound, type Reply } from '../http/reply.ts';
import { metadata } from '../info/metadata.ts';
import type { Transaction } from '../store/store.ts';
import { databaseNotFound, type DatabaseRecord } from './database-table.ts';
import { changeVector, requireDocumentId } from './documents.ts';

function databaseOf({ database }: Exchange): DatabaseRecord {
  if (database === undefined) throw databaseNotFound('');
  return database;
}

/** `GET docs`: by one or several ids, or a page of all. */
function getDocuments(exchange: Exchange): Reply {
  const { node, query, header } = exchange;
  const database = databaseOf(exchange);
  const ids = query.all('id');
  const metadataOnly = query.boolean('metadataOnly') ?? false;
  if (ids.length === 0) {
    const page = node.documents.latest(database, query.integer('start') ?? 0, query.integer('pageSize') ?? 25);
    return { ...jsonPieces(results(page, '')), bulky: true };
  }
  if (ids.length > 1) return several(exchange, ids, metadataOnly);
  const found = node.documents.read(database, ids[0] ?? '', metadataOnly);
  if (found === undefined) return notFound();
  const etag = `"${found.changeVector}"`;
  if (header('if-none-match') === etag) return empty(304);
  const reply = several(exchange, ids, metadataOnly);
  return { ...reply, headers: { ...reply.headers, etag } };
}

function several(exchange: Exchange, ids: readonly string[], metadataOnly: boolean): Reply {
  const database = databaseOf(exchange);
  ids.forEach(requireDocumentId);
  const { documents } = exchange.node;
  // Read as they are sent: together they may be more than there is memory.
  function* found(): Generator<string> {
    for (const id of ids) yield documents.read(database, id, metadataOnly)?.json ?? 'null';
  }
  return { ...jsonPieces(results(found(), ',"Includes":{}')), bulky: true };
}

function* results(documents: Iterable<string>, more: string): Generator<string> {
  yield '{"Results":[';
  let separator = '';
  for (const document of documents) {
    yield separator + document;
    separator = ',';
  }
  yield `]${more}}`;
}

/** `POST docs`: many ids, in the body. */
async function postDocuments(exchange: Exchange): Promise<Reply> {
  const body = await exchange.json();
  return several(exchange, stringsOf(body, 'Ids') ?? [], exchange.query.boolean('metadataOnly') ?? false);
}

async function putDocument(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const database = databaseOf(exchange);
  const id = query.mandatory('id');
  const document = await exchange.json();
  const result = await node.store.write((transaction) => node.documents.put(transaction, database, id, document));
  return json({ Id: result.id, ChangeVector: result.changeVector }, 201);
}

async function deleteDocument(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const database = databaseOf(exchange);
  const id = query.mandatory('id');
  await node.store.write((transaction) => node.documents.remove(transaction, database, id));
  return empty(204);
}

/** `POST bulk_docs`: what a client's session saves, in one transaction. */
async function bulkDocuments(exchange: Exchange): Promise<Reply> {
  const { node } = exchange;
  const database = databaseOf(exchange);
  const commands = arrayOf(await exchange.json(), 'Commands') ?? [];
  const checked = commands.map(readCommand);
  const results = await node.store.write((transaction) =>
    checked.map((command) => run(exchange, transaction, database, command)),
  );
  return json({ Results: results }, 201);
}

interface Command {
  readonly id: string;
  /** The document to put; none to delete. */
  readonly document: JsonObject | undefined;
}

function readCommand(value: JsonValue): Command {
  if (!(value instanceof Map)) throw argumentError('A command must be an object');
  const type = stringOf(value, 'Type');
  const id = stringOf(value, 'Id');
  if (id === undefined) throw argumentError("A command must have an 'Id'");
  requireDocumentId(id);
  const document = value.get('Document');
  if (type === 'DELETE') return { id, document: undefined };
  if (type !== 'PUT' || !(document instanceof Map))
    throw invalidOperationError(`This server has no command '${type ?? ''}': it knows PUT and DELETE.`);
  return { id, document };
}

function run({ node }: Exchange, transaction: Transaction, database: DatabaseRecord, { id, document }: Command) {
  if (document === undefined) {
    const deleted = node.documents.remove(transaction, database, id);
    return { Id: id, Type: 'DELETE', Deleted: deleted, ChangeVector: null };
  }
  const result = node.documents.put(transaction, database, id, document);
  const given = document.get('@metadata');
  const collection = given instanceof Map ? (stringOf(given, '@collection') ?? '@empty') : '@empty';
  return {
    Type: 'PUT',
    '@id': result.id,
    '@collection': collection,
    '@change-vector': result.changeVector,
    '@last-modified': zonedDate(result.at),
  };
}

const rangeSize = 32;

/** RavenDB keeps the ranges of a tag in a document. */
const requireHiLoTag = (tag: string): string => requireDocumentId(`Raven/Hilo/${tag}`);

/** `PUT hilo/return`: what a client didn't use of a range; it isn't given out again. */
function returnRange({ query }: Exchange): Reply {
  const tag = query.string('tag');
  if (tag !== undefined) requireHiLoTag(tag);
  return empty(204);
}

/** `GET hilo/next`: a range of numbers for ids that the client makes itself. */
async function nextRange(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const database = databaseOf(exchange);
  const tag = query.mandatory('tag');
  requireHiLoTag(tag);
  const separator = query.string('identityPartsSeparator') ?? '/';
  const key = `hilo:${database.name.toLowerCase()}:${tag.toLowerCase()}`;
  const low = await node.store.write((transaction) => {
    const last = node.documents.advance(transaction, key, rangeSize);
    return last - rangeSize + 1;
  });
  return json(
    {
      Prefix: tag + separator,
      Low: low,
      High: low + rangeSize - 1,
      LastSize: rangeSize,
      ServerTag: node.cluster.nodeTag,
      LastRangeAt: zonedDate(Date.now()),
    },
    201,
  );
}

function statistics(exchange: Exchange): Reply {
  const { node } = exchange;
  const database = databaseOf(exchange);
  const etag = node.documents.lastEtag(database);
  const none = { HumaneSize: '0 Bytes', SizeInBytes: 0 };
  return json({
    ...metadata(node),
    CountOfIndexes: 0,
    CountOfDocuments: node.documents.count(database),
    CountOfRevisionDocuments: 0,
    CountOfTombstones: 0,
    CountOfDocumentsConflicts: 0,
    CountOfConflicts: 0,
    CountOfAttachments: 0,
    CountOfCounterEntries: 0,
    CountOfTimeSeriesSegments: 0,
    Indexes: [],
    CountOfUniqueAttachments: 0,
    DatabaseChangeVector: etag === 0 ? '' : changeVector(database, etag),
    DatabaseId: database.transactionId,
    Is64Bit: true,
    LastDocEtag: etag,
    LastDatabaseEtag: etag,
    LastIndexingTime: null,
    SizeOnDisk: none,
    TempBuffersSizeOnDisk: none,
  });
}

/** A route that asks for a database's admin: what holds deleted documents back. Nothing does here. */
function tombstones({ node }: Exchange): Reply {
  return json({
    ...metadata(node),
    MinAllDocsEtag: Number.MAX_SAFE_INTEGER,
    MinAllTimeSeriesEtag: Number.MAX_SAFE_INTEGER,
    MinAllCountersEtag: Number.MAX_SAFE_INTEGER,
    Results: [],
    PerSubscriptionInfo: [],
    PerSubscriptionInfoExtended: [],
  });
}

/** Below `/databases/<name>`. */
export const documentRoutes: readonly Route[] = [
  route('GET', '/docs', 'DatabaseRead', getDocuments),
  route('POST', '/docs', 'DatabaseRead', postDocuments),
  route('PUT', '/docs', 'DatabaseWrite', putDocument),
  route('DELETE', '/docs', 'DatabaseWrite', deleteDocument),
  route('POST', '/bulk_docs', 'DatabaseWrite', bulkDocuments),
  route('GET', '/hilo/next', 'DatabaseWrite', nextRange),
  route('PUT', '/hilo/return', 'DatabaseWrite', returnRange),
  route('GET', '/stats', 'DatabaseRead', statistics),
  route('GET', '/configuration/client', 'DatabaseRead', () => json({ Etag: -2, Configuration: null })),
  route('GET', '/admin/tombstones/state', 'DatabaseAdmin', tombstones),
];
