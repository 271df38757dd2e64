import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npmStart } from '../run/console-process.mjs';
import { project } from '../run/project.mjs';

const run = promisify(execFile);

/** `npm start` on a clean clone, with the packages in npm's cache, and again when nothing changed. */
export async function benchStart() {
  const section = 'npm start';
  const clone = await mkdtemp(join(tmpdir(), 'raven-clone-'));
  try {
    await run('git', ['clone', '--quiet', project, clone]);
    const { npmStart: startClone } = await import(join(clone, 'e2e/run/console-process.mjs'));
    const first = await startClone();
    await first.stop();
    const second = await npmStart();
    await second.stop();
    return [
      {
        section,
        what: 'on a clean clone, until the page can be opened',
        value: first.startedIn / 1000,
        unit: 's',
        target: 60,
      },
      { section, what: 'again, nothing changed', value: second.startedIn / 1000, unit: 's', target: 3 },
    ];
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
