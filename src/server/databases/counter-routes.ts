import { zonedDate } from '../certificates/definition.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { argumentError } from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { identities, nextIdentity, seedIdentity, takeRange } from './counters.ts';
import { requireDocumentId } from './documents.ts';
import { databaseOf, inDatabase } from './in-database.ts';

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
  const tag = query.mandatory('tag');
  requireHiLoTag(tag);
  const separator = query.string('identityPartsSeparator') ?? '/';
  const last = await inDatabase(exchange, (transaction, database) => takeRange(transaction, database, tag, rangeSize));
  return json(
    {
      Prefix: tag + separator,
      Low: last - rangeSize + 1,
      High: last,
      LastSize: rangeSize,
      ServerTag: node.cluster.nodeTag,
      LastRangeAt: zonedDate(Date.now()),
    },
    201,
  );
}

/** `POST identity/next`: the number that the next id ending with a bar would get. */
async function nextOfIdentity(exchange: Exchange): Promise<Reply> {
  const name = requireDocumentId(exchange.query.mandatory('name'));
  const next = await inDatabase(exchange, (transaction, database) => nextIdentity(transaction, database, name));
  return json({ NewIdentityValue: next });
}

/** `POST identity/seed`: the last number that counts as given out. */
async function seed(exchange: Exchange): Promise<Reply> {
  const { query } = exchange;
  const name = requireDocumentId(query.mandatory('name'));
  const value = query.integer('value', 64);
  if (value === undefined) throw argumentError("Query string value 'value' must have a non empty value");
  const force = query.boolean('force') ?? false;
  const now = await inDatabase(exchange, (transaction, database) =>
    seedIdentity(transaction, database, name, { value, force }),
  );
  return json({ NewSeedValue: now });
}

function listIdentities(exchange: Exchange): Reply {
  return json(Object.fromEntries(identities(exchange.node.store, databaseOf(exchange))));
}

export const counterRoutes: readonly Route[] = [
  route('GET', '/hilo/next', 'DatabaseWrite', nextRange),
  route('PUT', '/hilo/return', 'DatabaseWrite', returnRange),
  route('POST', '/identity/next', 'DatabaseWrite', nextOfIdentity),
  route('POST', '/identity/seed', 'DatabaseWrite', seed),
  route('GET', '/debug/identities', 'DatabaseRead', listIdentities),
];
