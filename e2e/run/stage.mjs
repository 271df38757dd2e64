import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cleanEnvironment, project } from './project.mjs';

/**
 * What a stage of the tests came to.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @type {Counts} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/** @param {readonly Counts[]} all @returns {Counts} */
export const sum = (all) =>
  all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    nothing,
  );

/** @param {Counts} counts */
export const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** The last line of counts in a text; nothing where there is none. */
export function countsIn(text) {
  const found = [...text.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  if (found === undefined) return undefined;
  const [, passed, failed, skipped = '0'] = found;
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}

/** A run that failed without saying how often failed once. */
export const atLeastOneFailure = (code, counts) =>
  code !== 0 && (counts ?? nothing).failed === 0 ? { ...(counts ?? nothing), failed: 1 } : (counts ?? nothing);

/**
 * Where a stage runs. What one of a lane prints comes in one piece when it is over: others run beside it.
 * @type {AsyncLocalStorage<{ held?: string, title?: string }>}
 */
const lane = new AsyncLocalStorage();

/** Shows a text of the stage that runs. @param {string} text */
export function show(text) {
  const place = lane.getStore();
  if (place?.held === undefined) process.stdout.write(text);
  else place.held += text;
}

/**
 * Runs what consists of stages beside other such lanes.
 * @template T
 * @param {() => Promise<T>} work
 */
export const inLane = (work) => lane.run({ held: '' }, work);

/** Runs stages under a title. @template T @param {string} title @param {() => Promise<T>} work */
export const under = (title, work) => lane.run({ title }, work);

/**
 * Runs a program, showing what it prints.
 * @param {readonly string[]} command
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, text: string }>}
 */
export function run([program, ...args], env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: cleanEnvironment(env),
    });
    let text = '';
    const read = (part) => {
      text += part;
      show(part);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** @type {{ name: string, counts: Counts, seconds: number }[]} */
const results = [];
/** @type {{ file: string, seconds: number }[]} */
const specs = [];

/** How long a spec file took, for whoever looks for what is slow. @param {string} file @param {number} seconds */
export const took = (file, seconds) => void specs.push({ file, seconds });

/**
 * Runs one stage and keeps what it came to; one that throws has failed once.
 * @param {string} own its name
 * @param {() => Promise<Counts>} work
 */
export async function stage(own, work) {
  const place = lane.getStore();
  const name = place?.title === undefined ? own : `${place.title}: ${own}`;
  show(`\n── ${name}\n`);
  const began = performance.now();
  let counts;
  try {
    counts = await work();
  } catch (error) {
    show(`${error instanceof Error ? error.message : String(error)}\n`);
    counts = { ...nothing, failed: 1 };
  }
  if (place?.held !== undefined) {
    process.stdout.write(place.held);
    place.held = '';
  }
  results.push({ name, counts, seconds: (performance.now() - began) / 1000 });
  return counts;
}

const slowest = 10;

/** Prints what each stage came to, which specs took longest and, alone on the last line, the sum, which it returns. Sets the exit code. */
export function conclude() {
  process.stdout.write('\n');
  if (specs.length > slowest) {
    const text = specs
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, slowest)
      .map(({ file, seconds }) => `${seconds.toFixed(0).padStart(5)} s  ${file}\n`);
    process.stdout.write(`The slowest specs:\n${text.join('')}\n`);
  }
  for (const { name, counts, seconds } of results) {
    const bare = counts.passed + counts.failed + counts.skipped === 0;
    process.stdout.write(`${name.padEnd(26)} ${bare ? 'ok' : line(counts)}  (${seconds.toFixed(0)} s)\n`);
  }
  process.stdout.write(`${'in all'.padEnd(26)} ${(performance.now() / 1000).toFixed(0)} s\n`);
  const total = sum(results.map(({ counts }) => counts));
  process.stdout.write(`\n${line(total)}\n`);
  // For whoever adds up several runs.
  if (process.env.TEST_COUNTS) appendFileSync(process.env.TEST_COUNTS, `${line(total)}\n`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  return total;
}
