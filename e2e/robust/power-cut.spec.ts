import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeCertificates } from '../bench/certificates.mjs';
import { openClient } from './client.ts';
import { RecordedDisk, whyNoRecordedDisk } from './recorded-disk.ts';
import { startNodeProcess, temporaryFolder } from './running-node.ts';
import { readBack, Writes } from './writes.ts';

const cuts = Number(process.env.ROBUST_CUTS ?? 6);
const missing = whyNoRecordedDisk();

/**
 * Proves that an answer goes out only after the system confirmed the flush, and that the store's file can be opened as the disk holds it
 * at any moment: every flush and write of the running node is recorded, and the file is put together again as of a moment, with
 * unflushed sectors dropped at random. It trusts the disk in two things: that what the system calls flushed is, and that a sector of 512 bytes is
 * written whole.
 */
it.skipIf(missing !== undefined)(
  `keeps every acknowledged write through ${cuts} power cuts${missing === undefined ? '' : ` (${missing})`}`,
  async () => {
    const folder = temporaryFolder();
    try {
      const dataDir = join(folder.path, 'data');
      const disk = new RecordedDisk(folder.path, dataDir);
      const certificates: string[] = await makeCertificates(150);
      const writes = new Writes(certificates);
      certificates.forEach((text, i) =>
        writes.know(i, createHash('sha1').update(Buffer.from(text, 'base64')).digest('hex').toUpperCase()),
      );
      const node = await startNodeProcess(dataDir, { env: disk.env });
      const client = openClient(node, 2);
      const began = disk.now();
      const moments: { i: number; count: number; at: number }[] = [];
      await Promise.all(
        certificates.map(async (_, i) => {
          for (let n = 0; n < 6; n++) {
            const answer = await writes.next(client, i);
            moments.push({ i, count: n + 1, at: disk.now() });
            expect([answer.status, answer.text]).toEqual([201, '']);
          }
        }),
      );
      const ended = disk.now();
      client.close();
      await node.kill();

      for (let cut = 0; cut < cuts; cut++) {
        const moment = cut === 0 ? ended : began + Math.floor(Math.random() * (ended - began));
        const copy = join(folder.path, `cut-${cut}`);
        cpSync(dataDir, copy, { recursive: true });
        rmSync(join(copy, 'store'), { recursive: true });
        mkdirSync(join(copy, 'store'), { mode: 0o700 });
        writeFileSync(
          join(copy, 'store/data.mdb'),
          disk.imageAt(moment, () => Math.random() < 0.5),
          { mode: 0o600 },
        );
        const again = await startNodeProcess(copy);
        const reader = openClient(again);
        const { entries, events } = await readBack(reader);
        const acknowledged = (i: number) =>
          Math.max(0, ...moments.filter((each) => each.i === i && each.at <= moment).map(({ count }) => count));
        expect(writes.problems(entries, events, acknowledged), `cut at ${moment} of ${ended}`).toEqual([]);
        reader.close();
        expect(await again.stop()).toBe(0);
      }
    } finally {
      folder.remove();
    }
  },
);
