import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How long each way of getting a program may take, in milliseconds. */
const patience = 5 * 60_000;

/** Runs a program that may take its time; whether it went well. What it prints goes to standard error. */
export const run = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: patience, ...options }).status === 0;

/** Each as a list of commands; the first one whose program is there is used. */
const managers = (name) => [
  [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', name],
  ],
  [['dnf', 'install', '-y', name]],
  [['apk', 'add', name]],
  [['zypper', '--non-interactive', 'install', name]],
  [['pacman', '-Sy', '--noconfirm', name]],
  [['brew', 'install', '--cask', name]],
];

const isOnPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

/** Installs a package of the system. @param {string} name @returns {boolean} whether that could be done */
export function installPackage(name) {
  const commands = managers(name).find(([[program]]) => isOnPath(program));
  if (commands === undefined) return false;
  const asRoot = process.getuid?.() !== 0 && commands[0][0] !== 'brew';
  if (asRoot && !(isOnPath('sudo') && run('sudo', ['-n', 'true']))) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const [program, ...args] of commands)
    if (!(asRoot ? run('sudo', ['-n', program, ...args], { env }) : run(program, args, { env }))) return false;
  return true;
}
