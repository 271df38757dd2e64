import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startSpecNode, temporaryFolder } from '../spec-node.ts';
import { openOwnFolder } from './own-folder.ts';

const made: { remove: () => void }[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) folder.remove();
});
function temporary(): string {
  const folder = temporaryFolder();
  made.push(folder);
  return folder.path;
}

/** A folder as a node leaves it, with what is in its files told apart. */
function dataFolder(): string {
  const folder = join(temporary(), 'data');
  mkdirSync(join(folder, 'store'), { recursive: true, mode: 0o700 });
  for (const name of ['server.pfx', 'server.pem', 'authority.pfx', 'ca.crt', 'client.pem', 'client.pfx', 'env'])
    writeFileSync(join(folder, name), name, { mode: 0o600 });
  for (const name of ['data.mdb', 'lock.mdb']) writeFileSync(join(folder, 'store', name), '', { mode: 0o600 });
  return folder;
}

/** Everything below a folder, with its rights, owner and times. */
function stateOf(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))].map(
    (path) => {
      const { mode, uid, size, mtimeMs, ctimeMs } = lstatSync(path);
      return [path, mode, uid, size, mtimeMs, ctimeMs].join(' ');
    },
  );
}

async function expectRefused(folder: string, message: RegExp, around = folder): Promise<void> {
  const before = stateOf(around);
  const refused = await startSpecNode({ dataDir: folder }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'StartError', message: expect.stringMatching(message) });
  expect(stateOf(around)).toEqual(before);
}

const files = ['server.pfx', 'server.pem', 'authority.pfx', 'ca.crt', 'client.pem', 'client.pfx', 'env'];
const inside = [...files, 'store', 'store/data.mdb', 'store/lock.mdb'];

it('a folder of one’s own is taken, and one that isn’t there is made for its owner alone', () => {
  const folder = dataFolder();
  expect(openOwnFolder(folder)).toBe(folder);
  writeFileSync(join(folder, 'notes.txt'), 'not ours', { mode: 0o666 });
  symlinkSync('/etc/passwd', join(folder, 'other'));
  expect(openOwnFolder(folder)).toBe(folder);
  const fresh = join(temporary(), 'a', 'b');
  openOwnFolder(fresh);
  expect(lstatSync(fresh).mode & 0o777).toBe(0o700);
});

describe.each([
  ['its group', 0o020],
  ['everybody', 0o002],
])('what %s may write is refused, for root too, and nothing is touched', (_who, right) => {
  it('the folder', async () => {
    const folder = dataFolder();
    chmodSync(folder, 0o700 | right);
    await expectRefused(folder, /can be written by others: run “chmod go-w .*data”/);
  });
  it.each(inside)('%s in it', async (name) => {
    const folder = dataFolder();
    const path = join(folder, name);
    chmodSync(path, (lstatSync(path).mode & 0o777) | right);
    await expectRefused(folder, new RegExp(`${name.replace('.', '\\.')} in the data folder can be written by others`));
  });
});

describe('a link is refused, and what it leads to is not touched', () => {
  it('the folder', async () => {
    const folder = dataFolder();
    const link = join(temporary(), 'link');
    symlinkSync(folder, link);
    await expectRefused(link, /is a link to somewhere else/, folder);
  });
  it('one that leads nowhere makes nothing there', async () => {
    const around = temporary();
    symlinkSync(join(around, 'nowhere'), join(around, 'link'));
    await expectRefused(join(around, 'link'), /is a link to somewhere else/, around);
    expect(existsSync(join(around, 'nowhere'))).toBe(false);
  });
  it.each(inside)('%s in it', async (name) => {
    const folder = dataFolder();
    const elsewhere = join(temporary(), 'elsewhere');
    renameSync(join(folder, name), elsewhere);
    // What a chmod through the link would change.
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, join(folder, name));
    await expectRefused(folder, /in the data folder is a link/);
    expect(lstatSync(elsewhere).mode & 0o777).toBe(0o755);
  });
});

it.each(files)('a folder in the place of %s is refused', async (name) => {
  const folder = dataFolder();
  renameSync(join(folder, name), join(folder, 'old'));
  mkdirSync(join(folder, name), { mode: 0o700 });
  await expectRefused(folder, /in the data folder is no file/);
});

it('a file in the place of the folder is refused', async () => {
  const around = temporary();
  writeFileSync(join(around, 'data'), '', { mode: 0o600 });
  await expectRefused(join(around, 'data'), /is no folder/, around);
});

// Nobody else can give a file away, so that who isn't root looks at what is root's.
const root = process.geteuid?.() === 0;

describe.runIf(root)('what belongs to another user is refused for root too', () => {
  it('the folder', async () => {
    const folder = dataFolder();
    chownSync(folder, 65_534, 65_534);
    await expectRefused(folder, /belongs to another user \(65534, and this process runs as 0\)/);
  });
  it.each(inside)('%s in it', async (name) => {
    const folder = dataFolder();
    chownSync(join(folder, name), 65_534, 65_534);
    await expectRefused(folder, /in the data folder belongs to another user/);
  });
});

it.skipIf(root || process.platform === 'win32')('what belongs to root is refused', async () => {
  const refused = await startSpecNode({ dataDir: '/usr' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ message: expect.stringMatching(/belongs to another user/) });
});

it('a folder below one like /tmp, in which everybody makes what is theirs, is taken', () => {
  const parent = temporary();
  chmodSync(parent, 0o1777);
  expect(openOwnFolder(join(parent, 'data'))).toBe(join(parent, 'data'));
});
