import type { Exchange } from '../http/exchange.ts';
import type { Transaction } from '../store/store.ts';
import { databaseDisabled, databaseNotFound, type DatabaseRecord } from './database-table.ts';

/** The database that a route below `/databases/<name>` is about. */
export function databaseOf({ database }: Exchange): DatabaseRecord {
  if (database === undefined) throw databaseNotFound('');
  return database;
}

/** Writes in the request's database, unless that was deleted or disabled while the body was read. */
export function inDatabase<T>(
  exchange: Exchange,
  change: (transaction: Transaction, database: DatabaseRecord) => T,
): Promise<T> {
  const { node } = exchange;
  const { name, transactionId } = databaseOf(exchange);
  return node.store.write((transaction) => {
    const database = node.databases.get(name);
    if (database?.transactionId !== transactionId) throw databaseNotFound(name);
    if (database.disabled) throw databaseDisabled(name);
    return change(transaction, database);
  }, false);
}
