// The tests on other days and in other time zones: npm run test:days -- [CLOCK…] [--only unit,conformance,e2e]
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { conformanceStages } from './conformance.mjs';
import { endToEnd } from './e2e.mjs';
import { installPackage } from './package-manager.mjs';
import { project } from './project.mjs';
import { installed } from '../hosts/install.mjs';
import { useReadyKeys } from './ready-keys.mjs';
import { conclude, nothing, show, stage, under } from './stage.mjs';
import { vitest } from './vitest.mjs';

const now = new Date();
const inYears = (years) => Date.UTC(now.getUTCFullYear() + years, now.getUTCMonth(), now.getUTCDate(), 12);
const inDays = (days) => now.getTime() + days * 86_400_000;

/** When it is, in milliseconds, and where. */
const clocks = {
  '1d': { at: inDays(1) },
  '40d': { at: inDays(40) },
  '3y': { at: inYears(3) },
  'february-28': { at: Date.UTC(2028, 1, 28, 12) },
  'february-29': { at: Date.UTC(2028, 1, 29, 12) },
  'december-31': { at: Date.UTC(now.getUTCFullYear(), 11, 31, 12) },
  'utc+14': { zone: 'Pacific/Kiritimati' },
  'utc-12': { zone: 'Etc/GMT+12' },
  // Minutes before the clocks there go from 2 to 3.
  'summer-time': { zone: 'America/New_York', at: Date.UTC(2027, 2, 14, 6, 50) },
  'winter-time': { zone: 'America/New_York', at: Date.UTC(2027, 10, 7, 5, 50) },
};

const suites = {
  unit: () => stage('unit', () => vitest(['--reporter=dot'])),
  conformance: conformanceStages,
  e2e: () => stage('end to end', () => endToEnd()),
};

const help = `npm run test:days -- [CLOCK…] [--only SUITE,…]

  CLOCK  ${Object.keys(clocks).join(', ')} (default: all)
  SUITE  ${Object.keys(suites).join(', ')} (default: all)
`;

/** The library that shifts the clock of whatever is started with it; undefined where it isn't. */
function findLibrary() {
  const below = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  return [...below('/usr/lib'), ...below('/usr/lib64'), '/usr/lib', '/usr/lib64']
    .map((folder) => join(folder, 'faketime/libfaketimeMT.so.1'))
    .find((file) => existsSync(file));
}

/** Sets the clock of all that is started meanwhile; this process keeps its own. */
async function withClock({ at, zone }, library, work) {
  const settings = zone === undefined ? {} : { TZ: zone, TEST_TIME_ZONE: zone };
  if (at !== undefined) {
    const seconds = Math.round((at - Date.now()) / 1000);
    settings.LD_PRELOAD = library;
    settings.FAKETIME = seconds < 0 ? String(seconds) : `+${seconds}`;
    settings.FAKETIME_DONT_FAKE_MONOTONIC = '1';
  }
  const before = Object.keys(settings).map((name) => [name, process.env[name]]);
  Object.assign(process.env, settings);
  try {
    await work();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

function readArguments() {
  const options = {
    only: { type: 'string', default: Object.keys(suites).join() },
    help: { type: 'boolean', default: false },
  };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [asked, only] = [positionals.length > 0 ? positionals : Object.keys(clocks), values.only.split(',')];
  for (const [name, known] of [...asked.map((name) => [name, clocks]), ...only.map((name) => [name, suites])])
    if (!Object.hasOwn(known, name)) throw new Error(`There is no ${name}.`);
  return { asked, only, help: values.help };
}

let given;
try {
  given = readArguments();
} catch (error) {
  process.stderr.write(`${error.message}\n\n${help}`);
  process.exit(2);
}
if (given.help) process.stdout.write(help);
else {
  const say = (text) => show(`${text}\n`);
  await ensureInstalled(project, say);
  await ensureBuilt(project, say);
  if (findLibrary() === undefined && process.env.CI !== undefined) installPackage('faketime');
  const library = findLibrary();
  // What is fetched is fetched today: certificates of the world don't know the other days.
  if (given.only.includes('e2e')) await installed();
  const keys = useReadyKeys();
  try {
    await keys.ready;
    for (const name of given.asked) {
      if (clocks[name].at !== undefined && library === undefined)
        await stage(name, () => {
          say('Other days need libfaketime (on Debian: apt-get install faketime), which isn’t here: skipped.');
          return { ...nothing, skipped: 1 };
        });
      else
        await withClock(clocks[name], library, () =>
          under(name, async () => {
            for (const suite of given.only) await suites[suite]();
          }),
        );
    }
  } finally {
    await keys.remove();
  }
  const { failed } = conclude();
  // Where the library is missing, skipping is all that can be done.
  if (library === undefined && failed === 0) process.exitCode = 0;
}
