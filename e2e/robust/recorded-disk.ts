import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why a disk can't be recorded here, or undefined when it can. */
export function whyNoRecordedDisk(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux, where a library can be preloaded';
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'needs gcc';
  }
}

/** Stands between a node and the file of its store: records what happens to that file, and makes it fail (disk.c). */
export class RecordedDisk {
  /** For the environment of the node. */
  readonly env: Readonly<Record<string, string>>;
  readonly #log: string;
  readonly #fault: string;

  /** @param folder for the library, the record and the switch @param dataDir the node's */
  constructor(folder: string, dataDir: string) {
    const library = join(folder, 'disk.so');
    this.#log = join(folder, 'disk.log');
    this.#fault = join(folder, 'disk.fault');
    const source = fileURLToPath(new URL('./disk.c', import.meta.url));
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
    writeFileSync(this.#fault, '');
    this.env = {
      LD_PRELOAD: library,
      DISK_FILE: join(dataDir, 'store/data.mdb'),
      DISK_LOG: this.#log,
      DISK_FAULT: this.#fault,
    };
  }

  /** How much was recorded so far: a moment that `imageAt` knows. */
  now(): number {
    return statSync(this.#log).size;
  }

  /** From now on writes, flushes, or the writes that end a transaction fail with a number of errno.h; null: nothing fails. */
  fail(what: 'write' | 'sync' | 'meta' | null, errno = 0): void {
    writeFileSync(this.#fault, what === null ? '' : `${what} ${errno}\n`);
  }

  /**
   * The file as a disk may hold it after the power went at a moment: all that was flushed by then, and of each 512 bytes that were
   * written but not flushed whatever `survives` says.
   */
  imageAt(moment: number, survives: () => boolean): Buffer {
    const record = readFileSync(this.#log);
    let image = Buffer.alloc(0);
    const write = (at: number, bytes: Buffer) => {
      if (at + bytes.length > image.length)
        image = Buffer.concat([image, Buffer.alloc(at + bytes.length - image.length)]);
      bytes.copy(image, at);
    };
    let pending: { at: number; bytes: Buffer }[] = [];
    for (let from = 0; from + 17 <= moment; ) {
      const kind = String.fromCharCode(record[from] ?? 0);
      const at = Number(record.readBigUInt64LE(from + 1));
      const end = from + 17 + Number(record.readBigUInt64LE(from + 9));
      if (end > moment) break;
      const bytes = record.subarray(from + 17, end);
      from = end;
      if (kind === 'W') pending.push({ at, bytes });
      else if (kind === 'D') write(at, bytes);
      else {
        for (const each of pending) write(each.at, each.bytes);
        pending = [];
      }
    }
    for (const { at, bytes } of pending)
      for (let part = 0; part < bytes.length; part += 512)
        if (survives()) write(at + part, bytes.subarray(part, part + 512));
    return image;
  }
}
