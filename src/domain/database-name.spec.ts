import { expect, test } from 'vitest';
import { databaseNameProblem } from './database-name.ts';

// Both lists as measured on RavenDB 7.2.7 (e2e/conformance, scenario 02).
test.each(['orders', 'Orders_2', 'a.b', 'café', '中文', 'nul.txt', 'system', '__proto__', 'a'.repeat(128), '-'])(
  '%j is taken',
  (name) => {
    expect(databaseNameProblem(name)).toBeNull();
  },
);

test.each(['', ' ', 'a b', 'a/b', 'a*', 'con', 'NUL', 'com1', 'clock$', 'a..b', '.a', 'a.', 'a\nb', 'a'.repeat(129)])(
  '%j is refused',
  (name) => {
    expect(databaseNameProblem(name)).toEqual(expect.any(String));
  },
);
