import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** A commit may touch pages that hold none of its values: inner pages of the tables, the list of free ones. */
const leastBytes = 64 * 1024;
const mostBytes = 4 * 1024 * 1024;
const zeros = Buffer.alloc(mostBytes);

/**
 * Asks the disk whether it takes a commit before LMDB is asked to write it: as many bytes as the commit may need are written behind the end of
 * LMDB's file and taken away again. LMDB's package (3.5.6) describes a write that failed in 100 bytes of memory that can be too few, which
 * ends the process; so a full, read-only or failing disk must be noticed here. The flush and what other processes take meanwhile are
 * still LMDB's to notice.
 */
export class Room {
  readonly #file: number | undefined;

  constructor(path: string) {
    // Windows fails such writes otherwise, and doesn't let a file that is mapped become shorter.
    this.#file = process.platform === 'win32' ? undefined : openSync(path, 'r+');
  }

  /** Throws the system's error when the disk doesn't take it. @param bytes what the values of the commit come to */
  require(bytes: number): void {
    const file = this.#file;
    if (file === undefined) return;
    const { size } = fstatSync(file);
    const wanted = Math.min(leastBytes + 3 * bytes, mostBytes);
    try {
      for (let done = 0; done < wanted; ) done += writeSync(file, zeros, 0, wanted - done, size + done);
    } finally {
      // Zeros behind the end do no harm: LMDB writes over them.
      ftruncateSync(file, size);
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
