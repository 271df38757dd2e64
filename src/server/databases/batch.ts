import { randomUUID } from 'node:crypto';
import { zonedDate } from '../certificates/definition.ts';
import type { Exchange } from '../http/exchange.ts';
import type { JsonObject, JsonValue } from '../http/json-reader.ts';
import { arrayOf, booleanOf, stringOf } from '../http/json-values.ts';
import { argumentError, invalidOperationError, notSupportedError, RavenException } from '../http/raven-exception.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Transaction } from '../store/store.ts';
import type { DatabaseRecord } from './database-table.ts';
import { requireDocumentId } from './documents.ts';
import { inDatabase } from './in-database.ts';
import { unsupported } from './unsupported.ts';

/** `POST bulk_docs`: what a client's session saves, in one transaction. */
export async function bulkDocuments(exchange: Exchange): Promise<Reply> {
  if (/^multipart\//i.test(exchange.header('content-type') ?? '')) throw unsupported('attachments');
  const body = await exchange.json();
  if (stringOf(body, 'TransactionMode') === 'ClusterWide')
    throw notSupportedError('This server has no cluster-wide transactions: save without them, or use RavenDB.');
  const commands = arrayOf(body, 'Commands');
  if (commands === undefined) throw invalidOperationError('Expected String , but got EndObject');
  const checked = commands.map(readCommand);
  const results = await inDatabase(exchange, (transaction, database) =>
    checked.map((command) => run(exchange, transaction, database, command)),
  );
  return json({ Results: results }, 201);
}

interface Command {
  readonly id: string;
  /** The document to put; none to delete. */
  readonly document: JsonObject | undefined;
  readonly expected: string | undefined;
}

/** Commands of RavenDB that this server hasn't, with what they are about. */
const otherCommands: Readonly<Record<string, Parameters<typeof unsupported>[0]>> = {
  PATCH: 'patches',
  BatchPATCH: 'patches',
  JsonPatch: 'patches',
  AttachmentPUT: 'attachments',
  AttachmentDELETE: 'attachments',
  AttachmentMOVE: 'attachments',
  AttachmentCOPY: 'attachments',
  CompareExchangePUT: 'compare-exchange values',
  CompareExchangeDELETE: 'compare-exchange values',
  Counters: 'counters',
  TimeSeries: 'time series',
  TimeSeriesBulkInsert: 'time series',
  TimeSeriesCopy: 'time series',
  ForceRevisionCreation: 'revisions',
};

function readCommand(value: JsonValue): Command {
  if (!(value instanceof Map)) throw argumentError('A command must be an object');
  const type = stringOf(value, 'Type');
  if (type === undefined) throw invalidOperationError("Command must have a valid 'Type' property");
  const other = Object.hasOwn(otherCommands, type) ? otherCommands[type] : undefined;
  if (other !== undefined) throw unsupported(other);
  const id = stringOf(value, 'Id');
  const expected = stringOf(value, 'ChangeVector');
  if (type === 'DELETE') {
    if (id === undefined) throw argumentError("A command must have an 'Id'");
    if (booleanOf(value, 'IdPrefixed') === true)
      throw notSupportedError('This server deletes documents by their whole ids only, not by a prefix.');
    return { id: requireDocumentId(id), document: undefined, expected };
  }
  if (type !== 'PUT')
    throw new RavenException('Raven.Server.Exceptions.InvalidCommandTypeException', `Invalid command type: ${type}`);
  const document = value.get('Document');
  if (!(document instanceof Map)) throw invalidOperationError("PUT command must have a 'Document' property");
  const wanted = requireDocumentId(id === undefined || id.trim() === '' ? randomUUID() : id);
  // What the server numbers must be new.
  return { id: wanted, document, expected: wanted.endsWith('|') ? (expected ?? '') : expected };
}

function run(
  { node }: Exchange,
  transaction: Transaction,
  database: DatabaseRecord,
  { id, document, expected }: Command,
) {
  if (document === undefined) {
    const deleted = node.documents.remove(transaction, database, id, expected);
    return { Id: id, Type: 'DELETE', Deleted: deleted, ...(deleted ? { ChangeVector: null } : {}) };
  }
  const result = node.documents.put(transaction, database, id, document, expected);
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
