// `npm test`: installs what it needs and proves everything. `npm run test:quick`: what is worth asking after each change, without browsers
// but for a look at each view. The last line says how much.
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { conformanceStages } from './conformance.mjs';
import { endToEnd } from './e2e.mjs';
import { project } from './project.mjs';
import { useReadyKeys } from './ready-keys.mjs';
import { robust } from './robust.mjs';
import { atLeastOneFailure, conclude, inLane, nothing, run, stage } from './stage.mjs';
import { vitest } from './vitest.mjs';

const quick = process.argv.includes('--quick');
const say = (text) => process.stdout.write(`${text}\n`);
const npmScript =
  (...name) =>
  async () => {
    const npm = process.env.npm_execpath;
    const command = npm === undefined ? ['npm'] : [process.execPath, npm];
    const { code } = await run([...command, 'run', '--silent', ...name]);
    return atLeastOneFailure(code, nothing);
  };

try {
  await ensureInstalled(project, say);
} catch (error) {
  say(error.message);
  process.exit(1);
}
const keys = useReadyKeys();

/** What is read, and run from the sources. */
async function fromSource() {
  await stage('lint', npmScript(quick ? 'lint:quick' : 'lint'));
  await stage('types', npmScript('types'));
  await keys.ready;
  await stage('unit', () => vitest(['--reporter=dot']));
}

/** Resolves with whether there is a build. */
async function build() {
  const { failed } = await stage('build', async () => {
    await ensureBuilt(project, say);
    return nothing;
  });
  await keys.ready;
  return failed === 0;
}

// Two lanes for two cores. Much of what is done by force is waiting for the node to cut somebody off: the browsers use that time.
const built = build();
const work = quick
  ? [
      inLane(fromSource),
      built.then(async (there) => {
        if (!there) return;
        await conformanceStages();
        await stage('a look at each view', () => endToEnd({}, ['look']));
      }),
    ]
  : [
      inLane(async () => {
        await fromSource();
        if (await built) await stage('under force', () => robust());
      }),
      built.then(async (there) => {
        if (!there) return;
        await conformanceStages();
        await stage('end to end', () => endToEnd());
      }),
    ];
try {
  await Promise.all(work);
} finally {
  await keys.remove();
}
conclude();
