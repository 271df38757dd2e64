import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often the parents are looked for, in milliseconds. */
const interval = 500;

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
};

/** Name and parent of a process, where the system tells. */
function lookUp(pid: number): { readonly name: string; readonly parent: number } | undefined {
  try {
    const [, name = '', parent] =
      /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    // No /proc: macOS and the BSDs have ps, Windows has neither.
  }
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    const [, parent, name = ''] = /^(\d+)\s+(\S.*)$/.exec(line.trim()) ?? [];
    return { name: name.replace(/^.*\//, ''), parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** npm starts a script through a shell, and many of those stay in between. */
function npmBehind(parent: number): number {
  const found = lookUp(parent);
  return found !== undefined && /^-?(?:\w*sh|busybox)$/.test(found.name) && found.parent > 1 ? found.parent : parent;
}

/**
 * npm passes signals on, but one that is killed outright can't. Nothing tells a process that its parent is gone: POSIX gives it another
 * one, and Windows leaves the number of one that isn't there.
 * @param parent our parent process: npm, or the shell that it started
 * @returns stops watching
 */
export function whenNpmEnds(parent: number, end: () => void): () => void {
  const npm = npmBehind(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && isThere(npm)) return;
    clearInterval(timer);
    end();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
