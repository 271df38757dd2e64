import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeCertificates } from '../bench/certificates.mjs';
import { openClient } from './client.ts';
import { startNodeProcess, temporaryFolder } from './running-node.ts';
import { readBack, Writes } from './writes.ts';

const rounds = Number(process.env.ROBUST_ROUNDS ?? 2);
const atOnce = 1_000;

/**
 * Proves that an acknowledged write survives the death of the process, that no transaction is there by half, and that the store opens. It doesn't
 * prove anything of a power cut: the system's page cache lives on (power-cut.spec.ts).
 */
it(`keeps every acknowledged write through ${rounds} × kill -9 during ${atOnce} concurrent writes`, async () => {
  const folder = temporaryFolder();
  const certificates: string[] = await makeCertificates(atOnce);
  const writes = new Writes(certificates);
  certificates.forEach((text, i) =>
    writes.know(i, createHash('sha1').update(Buffer.from(text, 'base64')).digest('hex').toUpperCase()),
  );
  let cut = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const node = await startNodeProcess(folder.path);
      const client = openClient(node, atOnce / 100);
      const before = writes.acknowledgements;
      // Anywhere between the first acknowledgement and the last.
      const killAt = before + 1 + Math.floor(Math.random() * (atOnce - 2));
      let broken = 0;
      let killed: Promise<void> | undefined;
      await Promise.all(
        certificates.map(async (_, i) => {
          const answer = await writes.next(client, i).catch(() => undefined);
          if (answer === undefined) broken += 1;
          else expect([answer.status, answer.text]).toEqual([201, '']);
          if (writes.acknowledgements >= killAt) killed ??= node.kill();
        }),
      );
      await killed;
      client.close();
      cut += broken;
      const again = await startNodeProcess(folder.path);
      const reader = openClient(again);
      const { entries, events } = await readBack(reader);
      expect(writes.problems(entries, events)).toEqual([]);
      writes.goOnFrom(entries);
      expect((await writes.next(reader, 0)).status).toBe(201);
      reader.close();
      expect(await again.stop()).toBe(0);
    }
    // A round that is killed after its last write proves nothing.
    expect(cut).toBeGreaterThan(0);
    process.stdout.write(
      `${rounds} rounds: ${writes.acknowledgements} writes acknowledged and all there, ${cut} cut off by the kill\n`,
    );
  } finally {
    folder.remove();
  }
});
