import { hash } from 'node:crypto';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { stringsOf } from '../http/json-values.ts';
import { empty, json, jsonPieces, notFound, type Reply } from '../http/reply.ts';
import { metadata } from '../info/metadata.ts';
import { bulkDocuments } from './batch.ts';
import { counterRoutes } from './counter-routes.ts';
import { databaseOf, inDatabase } from './in-database.ts';
import { changeVector, isDocumentId, type Document } from './documents.ts';
import { idsIn, requireKnownIncludes } from './includes.ts';
import { fitsPattern } from './wildcard.ts';

const unquoted = (text: string | undefined): string | undefined => text?.trim().replace(/^"([^]*)"$/, '$1');

/** JSON with what it depends on; nothing to a client that has it already. */
function tagged(etag: string, known: string | undefined, pieces: () => Iterable<string>): Reply {
  if (unquoted(known) === etag) return empty(304, { typed: true });
  const reply = jsonPieces(pieces());
  return { ...reply, bulky: true, headers: { ...reply.headers, etag: `"${etag}"` } };
}

function* separated(pieces: Iterable<string>): Generator<string> {
  let separator = '';
  for (const piece of pieces) {
    yield separator + piece;
    separator = ',';
  }
}

const read = (exchange: Exchange, id: string): Document | undefined =>
  exchange.node.documents.read(databaseOf(exchange), id);

/** The JSON of documents, each read when it is sent: together they may be more than there is memory. */
function* rendered(exchange: Exchange, ids: Iterable<string>, metadataOnly: boolean): Generator<string> {
  for (const id of ids) yield read(exchange, id)?.render(metadataOnly) ?? 'null';
}

/** `GET docs`: by one or several ids, those whose ids begin so, or all. */
function getDocuments(exchange: Exchange): Reply {
  const { query } = exchange;
  requireKnownIncludes(query);
  const ids = query.all('id');
  const metadataOnly = query.boolean('metadataOnly') ?? false;
  return ids.length === 0 ? page(exchange, metadataOnly) : byIds(exchange, ids, metadataOnly);
}

function byIds(exchange: Exchange, ids: readonly string[], metadataOnly: boolean): Reply {
  const paths = exchange.query.all('include');
  const included: string[] = [];
  const vectors: string[] = [];
  const known = new Set(ids.map((id) => id.toLowerCase()));
  let found = 0;
  for (const id of ids) {
    const document = read(exchange, id);
    if (document !== undefined) found++;
    vectors.push(document?.changeVector ?? '');
    for (const other of document === undefined ? [] : idsIn(document, paths)) {
      if (known.has(other.toLowerCase())) continue;
      known.add(other.toLowerCase());
      const vector = isDocumentId(other) ? read(exchange, other)?.changeVector : undefined;
      if (vector === undefined) continue;
      included.push(other);
      vectors.push(vector);
    }
  }
  if (ids.length === 1 && found === 0) return notFound();
  const [only = ''] = vectors;
  const etag = vectors.length === 1 ? only : `Hash-${hash('sha256', vectors.join(), 'base64')}`;
  return tagged(etag, exchange.header('if-none-match'), function* () {
    yield '{"Results":[';
    yield* separated(rendered(exchange, ids, metadataOnly));
    yield '],"Includes":{';
    yield* separated(named(exchange, included));
    yield '}}';
  });
}

function* named(exchange: Exchange, ids: readonly string[]): Generator<string> {
  for (const id of ids) {
    const document = read(exchange, id);
    if (document !== undefined) yield `${JSON.stringify(document.id)}:${document.render()}`;
  }
}

/** Ids that begin with `startsWith`, in their order; without it all, the last changed first. */
function page(exchange: Exchange, metadataOnly: boolean): Reply {
  const { node, query, header } = exchange;
  const database = databaseOf(exchange);
  const start = Math.max(query.integer('start') ?? 0, 0);
  const size = Math.max(query.integer('pageSize') ?? 2147483647, 0);
  const prefixes = query.all('startsWith');
  const etag = node.documents.lastEtag(database);
  return tagged(etag === 0 ? '' : changeVector(database, etag), header('if-none-match'), function* () {
    const all = prefixes.length === 0 ? node.documents.latest(database) : withPrefix(exchange, prefixes[0] ?? '');
    const ids: string[] = [];
    let at = 0;
    for (const id of size === 0 ? [] : all) {
      if (at++ >= start) ids.push(id);
      if (ids.length === size) break;
    }
    yield '{"Results":[';
    yield* separated(rendered(exchange, ids, metadataOnly));
    yield ']}';
  });
}

function* withPrefix(exchange: Exchange, prefix: string): Generator<string> {
  const { node, query } = exchange;
  const matches = query.string('matches');
  const exclude = query.string('exclude');
  for (const id of node.documents.startingWith(databaseOf(exchange), prefix, query.string('startAfter'))) {
    const rest = id.slice(prefix.length);
    if (matches !== undefined && !fitsPattern(rest, matches)) continue;
    if (exclude !== undefined && fitsPattern(rest, exclude)) continue;
    yield id;
  }
}

/** `HEAD docs`: whether a document is there, and which. */
function headDocument(exchange: Exchange): Reply {
  const found = read(exchange, exchange.query.mandatory('id'));
  return found === undefined ? notFound() : tagged(found.changeVector, exchange.header('if-none-match'), () => []);
}

/** `POST docs`: many ids, in the body. */
async function postDocuments(exchange: Exchange): Promise<Reply> {
  requireKnownIncludes(exchange.query);
  const ids = stringsOf(await exchange.json(), 'Ids') ?? [];
  return byIds(exchange, ids, exchange.query.boolean('metadataOnly') ?? false);
}

/** The change vector that the document must have; empty when there must be none; undefined when anything goes. */
function expectedVector({ header }: Exchange): string | undefined {
  const value = header('if-match');
  return value === undefined || value.trim() === '' ? undefined : unquoted(value);
}

async function putDocument(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const id = query.mandatory('id');
  const document = await exchange.json();
  const result = await inDatabase(exchange, (transaction, database) =>
    node.documents.put(transaction, database, id, document, expectedVector(exchange)),
  );
  return json({ Id: result.id, ChangeVector: result.changeVector }, 201);
}

async function deleteDocument(exchange: Exchange): Promise<Reply> {
  const id = exchange.query.mandatory('id');
  await inDatabase(exchange, (transaction, database) =>
    exchange.node.documents.remove(transaction, database, id, expectedVector(exchange)),
  );
  return empty(204);
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
  route('HEAD', '/docs', 'DatabaseRead', headDocument),
  route('POST', '/docs', 'DatabaseRead', postDocuments),
  route('PUT', '/docs', 'DatabaseWrite', putDocument),
  route('DELETE', '/docs', 'DatabaseWrite', deleteDocument),
  route('POST', '/bulk_docs', 'DatabaseWrite', bulkDocuments),
  ...counterRoutes,
  route('GET', '/stats', 'DatabaseRead', statistics),
  route('GET', '/configuration/client', 'DatabaseRead', () => json({ Etag: -2, Configuration: null })),
  route('GET', '/admin/tombstones/state', 'DatabaseAdmin', tombstones),
];
