import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpecNode, startSpecNode, temporaryFolder } from '../spec-node.ts';
import { readStudio } from './raven-studio.ts';

const text = (value: string) => new TextEncoder().encode(value);
const files = {
  'index.html': text('<!doctype html><title>A Studio</title>'),
  'assets/main.js': text('studio();'),
  'assets/main.js.map': text('{}'),
  'assets/fonts/icons.woff': text('font'),
};
const folder = temporaryFolder();
const zip = join(folder.path, 'Raven.Studio.zip');
let spec: SpecNode;

beforeAll(async () => {
  writeFileSync(zip, zipSync(files));
  spec = await startSpecNode({ ravenStudio: zip });
  await spec.ask('PUT', '/admin/databases?name=Orders', { body: { DatabaseName: 'Orders' } });
});
afterAll(async () => {
  await spec.close();
  folder.remove();
});

describe('the user’s own Studio', () => {
  it('is served in the console’s place', async () => {
    const page = await spec.ask('GET', '/studio/index.html');
    expect([page.status, page.headers['content-type'], page.text]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html><title>A Studio</title>',
    ]);
    expect((await spec.ask('GET', '/studio/assets/main.js')).text).toBe('studio();');
    expect((await spec.ask('GET', '/studio/')).headers.location).toBe('/studio/index.html');
    expect((await spec.ask('GET', '/studio/assets/fonts/icons.woff')).headers['content-type']).toBe('font/woff');
  });

  it('serves what is in it, and nothing else', async () => {
    for (const path of ['/studio/assets/main.js.map', '/studio/nothing.js', '/studio/..%2fserver.pfx'])
      expect((await spec.ask('GET', path)).status).toBe(404);
  });

  it('may be an unpacked folder', () => {
    const unpacked = join(folder.path, 'studio');
    mkdirSync(join(unpacked, 'assets'), { recursive: true });
    writeFileSync(join(unpacked, 'index.html'), 'page');
    writeFileSync(join(unpacked, 'assets', 'a.js'), 'code');
    expect([...readStudio(unpacked).keys()].sort()).toEqual(['assets/a.js', 'index.html']);
  });

  it.each([
    ['nothing', join(folder.path, 'gone.zip'), 'can’t be read'],
    ['a file that is no zip', import.meta.filename, 'can’t be read'],
    ['a folder without a page', folder.path, 'holds no RavenDB Studio'],
  ])('is refused when the path is %s', (_what, path, why) => {
    expect(() => readStudio(path)).toThrow(why.replace('’', "'"));
  });
});

describe('what Studio asks before it draws', () => {
  const get = async (path: string) => (await spec.ask('GET', path)).json<Record<string, unknown>>();

  it('databases, as it lists them', async () => {
    expect(await get('/studio-tasks/databases')).toMatchObject({
      Databases: [{ Name: 'Orders', IsDisabled: false, NodesTopology: { Members: [{ NodeTag: 'A' }] } }],
    });
    expect(await get('/studio-tasks/databases/state')).toMatchObject({
      Databases: [{ Name: 'Orders', DocumentsCount: 0, DatabaseStatus: 'Online' }],
    });
    expect((await spec.ask('GET', '/studio-tasks/databases?name=none')).status).toBe(404);
  });

  it('databases only of whom may open them', async () => {
    const user = await spec.register('alice', 'ValidUser');
    for (const path of ['/studio-tasks/databases', '/studio-tasks/databases/state'])
      expect((await spec.ask('GET', path, { as: user })).json<{ Databases: unknown[] }>().Databases).toEqual([]);
  });

  it('names of databases', async () => {
    expect(await get('/studio-tasks/is-valid-name?type=Database&name=abc')).toEqual({
      IsValid: true,
      ErrorMessage: null,
    });
    expect(await get('/studio-tasks/is-valid-name?type=Database&name=a%2Fb')).toEqual({
      IsValid: false,
      ErrorMessage: "The name 'a/b' contains characters that are forbidden for use!",
    });
  });

  it('the licence, the assistant and new versions, without asking anybody else', async () => {
    expect(await get('/license/limits-usage')).toMatchObject({ NumberOfSubscriptionsInCluster: 0 });
    expect((await spec.ask('GET', '/license/support')).json()).toMatchObject({ Message: "License doesn't exist" });
    expect(await get('/assistant/settings')).toMatchObject({ DisableAiAssistant: true });
    expect((await spec.ask('POST', '/build/version/updates')).json()).toMatchObject({ Version: null });
  });
});
