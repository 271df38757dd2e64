import { expect, test } from 'vitest';
import { bulkAction, bulkPath, type BulkRequest, readBulkRequest } from './bulk-request.ts';

const back = (request: BulkRequest) => readBulkRequest(bulkPath(request).replace('/bulk', ''));

test.each<BulkRequest>([
  { kind: 'disable', database: '', access: 'ReadWrite' },
  { kind: 'grant', database: 'a&b=ü', access: 'Admin' },
  { kind: 'grant', database: 'db7', access: 'ReadWrite' },
  { kind: 'revoke', database: 'db7', access: 'ReadWrite' },
])('$kind survives the address', (request) => {
  expect(back(request)).toEqual(request);
});

test.each(['', '?do=', '?do=purge', '?database=db7'])('%j asks for nothing', (query) => {
  expect(readBulkRequest(query)).toBeNull();
});

test('what an address gets wrong is left out', () => {
  expect(readBulkRequest('?do=grant&access=Everything')).toEqual({ kind: 'grant', database: '', access: 'ReadWrite' });
});

test('no action before the database is chosen', () => {
  expect(bulkAction({ kind: 'grant', database: '', access: 'Read' })).toBeNull();
  expect(bulkAction({ kind: 'revoke', database: 'db7', access: 'Read' })).toEqual({ kind: 'revoke', database: 'db7' });
  expect(bulkAction({ kind: 'enable', database: 'db7', access: 'Read' })).toEqual({ kind: 'enable' });
});
