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
 * Runs a program, showing what it prints.
 * @param {readonly string[]} command
 * @param {Record<string, string>} [env]
 * @param {boolean} [held] shown in one piece at the end, for programs that run side by side
 * @returns {Promise<{ code: number, text: string }>}
 */
export function run([program, ...args], env = {}, held = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: cleanEnvironment(env),
    });
    let text = '';
    const read = (part) => {
      text += part;
      if (!held) process.stdout.write(part);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', (code) => {
      if (held) process.stdout.write(text);
      resolve({ code: code ?? 1, text });
    });
  });
}

/** @type {{ name: string, counts: Counts, seconds: number }[]} */
const results = [];

/**
 * Runs one stage and keeps what it came to; one that throws has failed once.
 * @param {string} name
 * @param {() => Promise<Counts>} work
 */
export async function stage(name, work) {
  process.stdout.write(`\n── ${name}\n`);
  const began = performance.now();
  let counts;
  try {
    counts = await work();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    counts = { ...nothing, failed: 1 };
  }
  results.push({ name, counts, seconds: (performance.now() - began) / 1000 });
  return counts;
}

/** Prints what each stage came to and, alone on the last line, the sum. Sets the exit code. */
export function conclude() {
  process.stdout.write('\n');
  for (const { name, counts, seconds } of results) {
    const bare = counts.passed + counts.failed + counts.skipped === 0;
    process.stdout.write(`${name.padEnd(26)} ${bare ? 'ok' : line(counts)}  (${seconds.toFixed(0)} s)\n`);
  }
  const total = sum(results.map(({ counts }) => counts));
  process.stdout.write(`\n${line(total)}\n`);
  // For whoever adds up several runs.
  if (process.env.TEST_COUNTS) appendFileSync(process.env.TEST_COUNTS, `${line(total)}\n`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}
