/** How often the parent is looked for, in milliseconds. */
const interval = 500;

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
};

/**
 * npm passes signals on, but one that is killed outright can't. Nothing tells a process that its parent is gone: POSIX gives it another
 * one, and Windows leaves the number of one that isn't there.
 * @returns stops watching
 */
export function whenParentEnds(parent: number, end: () => void): () => void {
  const timer = setInterval(() => {
    if (process.ppid === parent && isThere(parent)) return;
    clearInterval(timer);
    end();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
