import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { browserSteps, type Usage, usageSnippets } from './usage-snippets.ts';

const usage = { serverUrl: 'https://a.example:443', database: 'orders', name: 'billing' };
const of = (id: string, more: Partial<Usage> = {}) => {
  const snippet = usageSnippets({ ...usage, ...more }).find((one) => one.id === id);
  if (snippet === undefined) throw new Error(id);
  return snippet;
};

test('each snippet names the server, the database and the file', () => {
  for (const { code, before } of usageSnippets(usage)) {
    expect(code).toContain('https://a.example:443');
    expect(code).toContain('orders');
    expect(code + before).toContain('billing.');
  }
});

test('a server that encrypts the .key has it opened first', () => {
  for (const id of ['python', 'go', 'curl']) {
    expect(of(id, { encryptsKeyFile: true }).notes.join()).toContain('openssl rsa -in ./billing.key');
    expect(of(id).notes.join()).not.toContain('openssl rsa');
  }
  expect(of('python', { encryptsKeyFile: true }).notes.join()).not.toContain('no passphrase');
});

test('a hostile name stays one string in every language', () => {
  const name = `a"b\\c'd$(e)\`f\`\n\u2028{g}`;
  expect(of('node', { name }).code).toContain('certificate: readFileSync("a_b_c\'d$(e)`f`_\\u2028{g}.pfx")');
  for (const { id, code } of usageSnippets({ ...usage, name })) if (id !== 'curl') expect(code).not.toContain('\u2028');
});

test('whatever the names are, a shell reads each as one word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
      const { code } = of('curl', { name });
      const words = execFileSync('sh', ['-c', code.replace(/^curl/, `printf '%s\\0'`)])
        .toString('utf8')
        .split('\0');
      expect(words).toHaveLength(6);
      expect(words[0]).toBe('--cert');
      expect(words[1]).toMatch(/^\.\/.*\.crt$/su);
      expect(words[4]).toBe('https://a.example:443/databases/orders/docs?pageSize=1');
    }),
    { numRuns: 60 },
  );
});

test('the steps name the file', () => {
  expect(
    browserSteps('../up')
      .flatMap(({ steps }) => steps)
      .join(),
  ).toContain('“__up.pfx”');
});
