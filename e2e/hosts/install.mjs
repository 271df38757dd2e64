import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { project } from '../run/project.mjs';
import { buildHosts } from './build-hosts.mjs';

/** Builds the package, packs it, installs the pack into a folder of its own, and builds the host pages there: once for each state of the source. */

const inputs = ['src', 'e2e/hosts', 'public', 'index.html', 'package.json', 'package-lock.json', 'vite.config.ts'];

function* filesBelow(path) {
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

function stateOf() {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs)
    for (const file of filesBelow(join(project, input)))
      if (!/\.spec\.tsx?$/.test(file)) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** The npm that started us, else the one on the path. */
const npm = () =>
  /npm-cli/.test(process.env.npm_execpath ?? '') ? [process.execPath, process.env.npm_execpath] : ['npm'];

function run([program, ...args], cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64e6,
    shell: process.platform === 'win32' && program === 'npm',
  });
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Packs the project into `folder`. @returns path of the tarball */
export function pack(folder) {
  run([process.execPath, join(project, 'src/embed/build/build-package.mjs')], project);
  const [{ filename }] = JSON.parse(
    run([...npm(), 'pack', '--json', '--ignore-scripts', '--pack-destination', folder], project),
  );
  return join(folder, filename);
}

async function install(folder) {
  const tarball = pack(folder);
  const { devDependencies, dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const versionOf = (name) => devDependencies[name] ?? dependencies[name];
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'hosts',
      private: true,
      type: 'module',
      dependencies: {
        'raven-certificates': `file:${tarball}`,
        react: versionOf('react'),
        'react-dom': versionOf('react-dom'),
        'single-spa': versionOf('single-spa'),
        '@tanstack/react-query': versionOf('@tanstack/react-query'),
        // The README's example of a portal's server.
        express: '^5.1.0',
      },
    }),
  );
  run([...npm(), 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], folder);
  for (const name of ['html', 'react', 'single-spa', 'federation', 'hostile'])
    cpSync(join(project, 'e2e/hosts', name), join(folder, 'hosts', name), { recursive: true });
  await buildHosts(folder);
}

/**
 * @typedef {object} Installed
 * @property {string} folder
 * @property {string} packageFolder the installed package
 * @property {string} tarball what `npm pack` made
 * @property {(name: 'html' | 'react' | 'single-spa' | 'federation' | 'hostile') => string} host folder of a built host page
 * @property {(entry: string) => Promise<any>} load an entry that runs in Node, such as `./gateway`
 */

/** @returns {Promise<Installed>} */
export async function installed() {
  const place = createHash('sha256').update(project).digest('hex').slice(0, 8);
  const name = `raven-certificates-hosts-${place}-`;
  const folder = join(tmpdir(), name + stateOf());
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    try {
      mkdirSync(lock);
    } catch {
      // Another worker is at it; one that died leaves a lock behind that grows old.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 300_000) rmSync(lock, { recursive: true });
      await pause(200);
      continue;
    }
    const work = `${folder}.work`;
    try {
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { recursive: true });
      await install(work);
      // Those of earlier states of this source.
      for (const old of readdirSync(tmpdir()))
        if (old.startsWith(name) && !/\.(work|lock)$/.test(old))
          rmSync(join(tmpdir(), old), { recursive: true, force: true });
      renameSync(work, folder);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  const resolve = createRequire(join(folder, 'package.json')).resolve;
  return {
    folder,
    packageFolder: join(folder, 'node_modules/raven-certificates'),
    tarball: join(
      folder,
      readdirSync(folder).find((name) => name.endsWith('.tgz')),
    ),
    host: (name) => join(folder, 'hosts', name, name === 'html' || name === 'hostile' ? '' : 'dist'),
    load: (entry) => import(pathToFileURL(resolve(join('raven-certificates', entry))).href),
  };
}
