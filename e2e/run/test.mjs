// `npm test`: installs what it needs and proves everything. The last line says how much.
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { conformanceStages } from './conformance.mjs';
import { endToEnd } from './e2e.mjs';
import { project } from './project.mjs';
import { robust } from './robust.mjs';
import { atLeastOneFailure, conclude, nothing, run, stage } from './stage.mjs';
import { vitest } from './vitest.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
const npmScript = (name) => async () => {
  const npm = process.env.npm_execpath;
  const command = npm === undefined ? ['npm'] : [process.execPath, npm];
  const { code } = await run([...command, 'run', '--silent', name], {}, true);
  return atLeastOneFailure(code, nothing);
};

try {
  await ensureInstalled(project, say);
} catch (error) {
  say(error.message);
  process.exit(1);
}
// Two at a time: neither uses more than one core.
await Promise.all([stage('lint', npmScript('lint')), stage('types', npmScript('types'))]);
await stage('unit', () => vitest(['--reporter=dot']));
const built = await stage('build', async () => {
  await ensureBuilt(project, say);
  return nothing;
});
if (built.failed === 0) {
  await conformanceStages();
  await stage('under force', () => robust());
  await stage('end to end', () => endToEnd());
}
conclude();
