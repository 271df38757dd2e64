import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../bench/certificates.mjs';
import { openClient, type Client } from './client.ts';
import { RecordedDisk, whyNoRecordedDisk } from './recorded-disk.ts';
import { DidNotStart, startNodeProcess, temporaryFolder, type NodeProcess } from './running-node.ts';
import { readBack, Writes } from './writes.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const noFault = whyNoRecordedDisk();
const errno = { EIO: 5, ENOSPC: 28, EROFS: 30, EDQUOT: 122 } as const;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A data folder that was started once: making its keys takes seconds. */
const template = temporaryFolder();
beforeAll(async () => {
  const node = await startNodeProcess(template.path);
  await node.stop();
});
afterAll(() => template.remove());

function copyOfTemplate(parent: string): string {
  const path = join(parent, 'data');
  cpSync(template.path, path, { recursive: true });
  return path;
}

function folderOf(): string {
  const { path, remove } = temporaryFolder();
  cleanups.push(remove);
  return path;
}

async function start(dataDir: string, env: Readonly<Record<string, string>> = {}) {
  const node = await startNodeProcess(dataDir, { env });
  cleanups.push(() => node.stop());
  const client = openClient(node, 2);
  cleanups.push(() => client.close());
  return { node, client };
}

async function writesOf(count: number): Promise<Writes> {
  const certificates: string[] = await makeCertificates(count);
  const writes = new Writes(certificates);
  certificates.forEach((text, i) =>
    writes.know(i, createHash('sha1').update(Buffer.from(text, 'base64')).digest('hex').toUpperCase()),
  );
  return writes;
}

/** Writes all certificates once more, all at the same time; statuses and the texts of what wasn't taken. */
async function writeAll(writes: Writes, client: Client) {
  const answers = await Promise.all(Array.from({ length: writes.size }, (_, i) => writes.next(client, i)));
  return { statuses: new Set(answers.map(({ status }) => status)), refused: answers.filter((a) => a.status !== 201) };
}

async function expectNothingLost(writes: Writes, client: Client): Promise<void> {
  const { entries, events } = await readBack(client);
  expect(writes.problems(entries, events)).toEqual([]);
}

/** The same after a restart: memory and disk say the same. */
async function expectNothingLostAfterRestart(writes: Writes, { node, client }: { node: NodeProcess; client: Client }) {
  await expectNothingLost(writes, client);
  client.close();
  expect(await node.stop()).toBe(0);
  const again = await start(node.dataDir);
  await expectNothingLost(writes, again.client);
}

describe.skipIf(!canMount)(`a file system of its own${canMount ? '' : ' (needs root on Linux)'}`, () => {
  function mounted(size: string): string {
    const path = join(folderOf(), 'disk');
    mkdirSync(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
    cleanups.push(() => execFileSync('umount', [path]));
    return path;
  }

  it('when it is full, refuses with 503, keeps what was there, and goes on when there is room again', async () => {
    const disk = mounted('8m');
    const dataDir = copyOfTemplate(disk);
    const running = await start(dataDir);
    const writes = await writesOf(200);
    expect((await writeAll(writes, running.client)).statuses).toEqual(new Set([201]));
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - 96 * 1024, 1));
    const refused = [];
    for (let round = 0; round < 40 && refused.length < 400; round++)
      refused.push(...(await writeAll(writes, running.client)).refused);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(answer.json()).toMatchObject({ Type: 'Sparrow.Server.Exceptions.DiskFullException' });
    }
    await expectNothingLost(writes, running.client);
    rmSync(join(disk, 'filler'));
    expect((await writeAll(writes, running.client)).statuses).toEqual(new Set([201]));
    expect(running.node.output()).not.toMatch(/Unexpected|Unhandled/i);
    await expectNothingLostAfterRestart(writes, running);
  });

  it('when it is read-only, a start says so in one sentence', async () => {
    const disk = mounted('8m');
    const dataDir = copyOfTemplate(disk);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const failure = await start(dataDir).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DidNotStart);
    const { code, printed } = failure as DidNotStart;
    expect(code).toBe(1);
    expect(printed).toMatch(/read-only/i);
    expect(printed.trim().split('\n')).toHaveLength(1);
  });
});

describe.skipIf(noFault !== undefined)(`a disk that fails${noFault === undefined ? '' : ` (${noFault})`}`, () => {
  /** A node that runs and has written 20 certificates, on a disk that does as it is told. */
  async function onDiskThatCanFail() {
    const folder = folderOf();
    const dataDir = copyOfTemplate(folder);
    const disk = new RecordedDisk(folder, dataDir);
    const running = await start(dataDir, disk.env);
    const writes = await writesOf(20);
    expect((await writeAll(writes, running.client)).statuses).toEqual(new Set([201]));
    return { dataDir, disk, running, writes };
  }

  it.each([
    ['has no room', 'write', errno.ENOSPC, 'Sparrow.Server.Exceptions.DiskFullException'],
    ['has no quota left', 'write', errno.EDQUOT, 'Sparrow.Server.Exceptions.DiskFullException'],
    ['became read-only', 'write', errno.EROFS, 'Voron.Exceptions.VoronUnrecoverableErrorException'],
    ['fails to flush', 'sync', errno.EIO, 'Voron.Exceptions.VoronUnrecoverableErrorException'],
  ] as const)('that %s: 503, nothing lost, and it goes on when it is well again', async (_, what, number, type) => {
    const { disk, running, writes } = await onDiskThatCanFail();
    disk.fail(what, number);
    for (let round = 0; round < 3; round++) {
      const { statuses, refused } = await writeAll(writes, running.client);
      expect(statuses).toEqual(new Set([503]));
      expect(refused[0]?.json()).toMatchObject({ Type: type });
      await expectNothingLost(writes, running.client);
    }
    disk.fail(null);
    expect((await writeAll(writes, running.client)).statuses).toEqual(new Set([201]));
    // LMDB's own word for a write that failed: it may not come so far, since that can end the process.
    expect(running.node.output()).not.toMatch(/Unexpected|Unhandled|Write error/i);
    await expectNothingLostAfterRestart(writes, running);
  });

  it('that fails while a transaction ends: 503 for everything until the next start, and nothing is lost', async () => {
    const { dataDir, disk, running, writes } = await onDiskThatCanFail();
    disk.fail('meta', errno.EIO);
    expect((await writeAll(writes, running.client)).statuses).toEqual(new Set([503]));
    disk.fail(null);
    // Whether the disk has that write nobody knows, so that nobody is let in by what memory says.
    for (const path of ['/admin/certificates?metadataOnly=true', '/certificates/whoami']) {
      const answer = await running.client.ask('GET', path);
      expect(answer.status).toBe(503);
      expect(answer.json<{ Message: string }>().Message).toContain('start the server again');
    }
    expect((await writeAll(writes, running.client)).statuses).toEqual(new Set([503]));
    running.client.close();
    expect(await running.node.stop()).toBe(0);
    const again = await start(dataDir);
    await expectNothingLost(writes, again.client);
    expect((await writeAll(writes, again.client)).statuses).toEqual(new Set([201]));
  });
});

it('whose file is damaged: a start says so in one sentence and leaves it alone', async () => {
  const dataDir = copyOfTemplate(folderOf());
  const store = join(dataDir, 'store/data.mdb');
  const rubbish = Buffer.alloc(16_384, 'not a store ');
  writeFileSync(store, rubbish);
  const failure = await start(dataDir).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DidNotStart);
  expect((failure as DidNotStart).printed).toMatch(/^.*damaged.*\n$/);
  expect(readFileSync(store).equals(rubbish)).toBe(true);
});
