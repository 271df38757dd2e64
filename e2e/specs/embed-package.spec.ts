import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { installed } from '../hosts/install.mjs';
import { project } from '../run/project.mjs';

const run = promisify(execFile);
type Pack = Awaited<ReturnType<typeof installed>>;
let pack: Pack;
test.beforeAll(async ({}, info) => {
  info.setTimeout(600_000);
  pack = await installed();
});

const tool = (path: string, args: readonly string[]) =>
  run(process.execPath, [join(project, 'node_modules', path), ...args]);

async function files(): Promise<string[]> {
  const entries = await readdir(pack.packageFolder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(pack.packageFolder.length + 1));
}

test('publint has nothing to say', async () => {
  const { stdout } = await tool('publint/src/cli.js', [pack.packageFolder, '--strict']);
  expect(stdout).toContain('All good!');
});

test('its types are what its modules are, for bundlers and for Node', async () => {
  const { stdout } = await tool('@arethetypeswrong/cli/dist/index.js', [
    pack.tarball,
    ...['--profile', 'esm-only', '--format', 'json'],
  ]);
  const { problems } = JSON.parse(stdout) as { problems?: Record<string, readonly { resolutionKind?: string }[]> };
  const left = Object.values(problems ?? {}).flat();
  // It is made of modules only: Node 10 and `require` in TypeScript know none.
  expect(left.filter(({ resolutionKind }) => !/^node10|^node16-cjs/.test(resolutionKind ?? ''))).toEqual([]);
});

test('what is packed is what runs, its maps and its types', async () => {
  const all = await files();
  const known =
    /^(package\.json|README\.md|LICENSE|dist\/(app|node|package)\/.+\.(m?js|css|html|svg|map|json|d\.ts|gz|br)|src\/cli\/[\w-]+\.mjs)$/;
  expect(all.filter((file) => !known.test(file))).toEqual([]);
  expect(all.filter((file) => /\bspec\b|\btests?\b|e2e|fixture/.test(file))).toEqual([]);
  expect(all).toContain('dist/package/lib/index.js');
  const texts = await Promise.all(
    all.map(async (file) => ({ file, text: await readFile(join(pack.packageFolder, file), 'utf8') })),
  );
  const holding = (what: RegExp) => texts.filter(({ text }) => what.test(text)).map(({ file }) => file);
  expect(holding(/-----BEGIN [A-Z ]*PRIVATE KEY-----(\\n|\s)+[A-Za-z0-9+/]{40}/)).toEqual([]);
  // Nor where it was built.
  expect(holding(new RegExp(project.replace(/\/$/, '').replace(/[^\w/]/g, '\\$&')))).toEqual([]);
  const maps = texts.filter(({ file }) => file.endsWith('.map'));
  expect(maps.length).toBeGreaterThan(50);
  for (const { file, text } of maps) {
    const { sources } = JSON.parse(text) as { sources: readonly string[] };
    expect(
      sources.filter((source) => /\.spec\.|^\/|^file:/.test(source)),
      file,
    ).toEqual([]);
  }
});

test('each script says where its map is', async () => {
  const all = await files();
  for (const file of all.filter((name) => /^dist\/package\/.*\.js$/.test(name))) {
    if (!all.includes(`${file}.map`)) continue;
    const text = await readFile(join(pack.packageFolder, file), 'utf8');
    expect(text, file).toMatch(/\/\/# sourceMappingURL=[\w.-]+\.js\.map\s*$/);
  }
});
