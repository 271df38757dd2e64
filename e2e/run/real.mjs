// The same tests on a real RavenDB: npm run test:real -- ENV_FILE [--config NAME] [--only conformance|e2e] [-- Playwright's arguments]
// ENV_FILE names it: RAVENDB_URL, RAVENDB_ADMIN_PEM and _PFX (the server's own identity), RAVENDB_CA. It must be fresh: everything
// on it is deleted.
// Or a smoke on servers of other versions: npm run test:real -- --versions [ENV_FILE… | COMMAND]
// COMMAND starts and stops such servers (versions.mjs).
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { compare } from './conformance.mjs';
import { endToEnd } from './e2e.mjs';
import { parseEnv, project } from './project.mjs';
import { conclude, stage } from './stage.mjs';
import { smokeOn, smokeWith } from './versions.mjs';

const usage =
  'npm run test:real -- ENV_FILE [--config NAME] [--only conformance|e2e], or --versions [ENV_FILE… | COMMAND]';
/** Starts real servers, where it is there. */
const starter = join(project, '../shared/real-ravendb/real-ravendb');

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string', default: 'default' },
        only: { type: 'string' },
        versions: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    process.stderr.write(`${error.message}\nUsage: ${usage}\n`);
    process.exit(2);
  }
}

const { values, positionals } = readArguments();
const [file, ...more] = positionals;
if (file === undefined && !(values.versions && existsSync(starter))) {
  process.stderr.write(`Usage: ${usage}\n`);
  process.exit(2);
}
const say = (text) => process.stdout.write(`${text}\n`);
await ensureInstalled(project, say);
await ensureBuilt(project, say);
const { config, only, versions } = values;
if (versions) {
  const command = file ?? starter;
  if (((await stat(command)).mode & 0o111) !== 0) await smokeWith(command);
  else await smokeOn(positionals);
} else {
  const env = parseEnv(await readFile(file, 'utf8'));
  if (only !== 'e2e')
    await stage(`conformance, real${config === 'default' ? '' : `, ${config}`}`, () => compare(env, config));
  // The console's tests know the default settings only.
  if (only !== 'conformance' && config === 'default')
    await stage('end to end, real', () => endToEnd({ RAVEN_ENV_FILE: resolve(file) }, more));
}
conclude();
