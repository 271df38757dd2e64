import { expect, test } from 'vitest';
import { historyCsv } from './history-csv.ts';

test('every event is a line, and a name is never a formula', () => {
  const event = {
    at: Date.UTC(2026, 0, 2, 3, 4, 5),
    action: 'Edit',
    thumbprint: 'AB12',
    name: '=HYPERLINK("https://x.example";"a")',
    by: null,
    byName: null,
    changes: ['Orders: Read → Admin', 'Name: a → b, c'],
  };
  expect(historyCsv([event, { ...event, name: 'orders', by: 'CD34', byName: 'ops', changes: [] }])).toBe(
    '"At","Action","Name","Thumbprint","By","By thumbprint","Changes"\r\n' +
      `"2026-01-02T03:04:05.000Z","Edit","'=HYPERLINK(""https://x.example"";""a"")","AB12","","","Orders: Read → Admin; Name: a → b, c"\r\n` +
      '"2026-01-02T03:04:05.000Z","Edit","orders","AB12","ops","CD34",""\r\n',
  );
});
