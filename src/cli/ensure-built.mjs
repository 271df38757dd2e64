import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs and builds when what goes in has changed. Plain Node: this runs before anything is installed. */

/** A step that failed; the message is for people. */
export class BuildError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'BuildError';
  }
}

/** @param {string} file */
const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/**
 * @param {string} folder
 * @returns {string[]} every file below, in a fixed order
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

/** @param {string} root */
function buildInputs(root) {
  const single = ['index.html', 'vite.config.ts', 'package.json', 'package-lock.json'];
  return [
    ...single.map((name) => join(root, name)),
    ...filesBelow(join(root, 'public')),
    ...filesBelow(join(root, 'src')).filter((file) => !/\.spec\.tsx?$/.test(file)),
  ];
}

/** @param {string} root */
function buildHash(root) {
  const hash = createHash('sha256').update(process.version.split('.', 1)[0] ?? '');
  for (const file of buildInputs(root)) hash.update(`\0${file.slice(root.length)}\0`).update(textOf(file));
  return hash.digest('hex');
}

/** @param {string} root */
const installHash = (root) =>
  createHash('sha256')
    .update(`${process.platform} ${process.arch} ${process.version.split('.', 1)[0] ?? ''}\0`)
    .update(textOf(join(root, 'package-lock.json')))
    .digest('hex');

/**
 * Whether node_modules holds exactly what the lock file names: npm leaves its own note of what it installed.
 * @param {string} root
 */
function matchesLock(root) {
  try {
    const locked = JSON.parse(textOf(join(root, 'package-lock.json'))).packages;
    const there = JSON.parse(textOf(join(root, 'node_modules/.package-lock.json'))).packages;
    return Object.entries(locked).every(
      ([path, wanted]) =>
        path === '' ||
        (wanted.optional === true && there[path] === undefined) ||
        (there[path]?.version === wanted.version && existsSync(join(root, path))),
    );
  } catch {
    return false;
  }
}

/**
 * Runs a program and waits for it.
 * @param {string[]} command
 * @param {string} root
 * @param {'inherit' | 'quiet'} output quiet: shown only when it fails
 */
function run([program = '', ...args], root, output) {
  const env = { ...process.env };
  // Both would keep what is needed for the build from being installed.
  delete env.NODE_ENV;
  delete env.npm_config_omit;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      // What is shown goes to standard error: standard output belongs to the console.
      stdio: output === 'inherit' ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && !program.endsWith('.exe'),
    });
    /** @type {Buffer[]} */
    const said = [];
    child.stdout?.on('data', (part) => said.push(part));
    child.stderr?.on('data', (part) => said.push(part));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve(undefined);
      else
        reject(new BuildError(`${Buffer.concat(said).toString()}\n${[program, ...args].join(' ')}: ${signal ?? code}`));
    });
  });
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const started = process.env.npm_execpath;
  return started?.endsWith('.js') && /npm-cli/.test(started) ? [process.execPath, started] : ['npm'];
}

/**
 * @param {string} file
 * @param {string} text
 */
function note(file, text) {
  const temporary = `${file}.${String(process.pid)}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/**
 * Installs the packages of the lock file unless they are there.
 * @param {string} root
 * @param {(line: string) => void} say
 * @throws {BuildError}
 */
export async function ensureInstalled(root, say) {
  const file = join(root, 'node_modules', '.raven-certificates');
  const wanted = installHash(root);
  if (textOf(file) === wanted) return;
  if (!matchesLock(root)) {
    say('Installing packages …');
    try {
      await run(
        [...npmCommand(), 'ci', '--include=dev', '--ignore-scripts', '--loglevel=warn', '--no-audit', '--no-fund'],
        root,
        'inherit',
      );
    } catch (cause) {
      throw new BuildError(
        `The packages couldn’t be installed; npm’s reason stands above (${String(cause.message).trim()}).`,
      );
    }
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  note(file, wanted);
}

/**
 * Builds the console and what Node runs unless they are there.
 * @param {string} root
 * @param {(line: string) => void} say
 * @throws {BuildError}
 */
export async function ensureBuilt(root, say) {
  const file = join(root, 'dist', '.inputs');
  const wanted = buildHash(root);
  if (textOf(file) === wanted) return;
  say('Building …');
  try {
    await run([process.execPath, join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app'], root, 'quiet');
  } catch (cause) {
    throw new BuildError(`The console couldn’t be built:\n${String(cause.message).trim()}`);
  }
  note(file, wanted);
}
