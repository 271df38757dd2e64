// Types of every project: node e2e/run/types.mjs. The native compiler does it; ESLint needs the one with an API.
import { join } from 'node:path';
import { project } from './project.mjs';
import { run } from './stage.mjs';

const compiler = join(project, 'node_modules/typescript-7/bin/tsc');
const projects = ['shared', 'browser', 'node', 'specs'].map((name) => `src/tsconfig.${name}.json`);

// One after the other: each uses all cores.
let failed = false;
for (const one of [...projects, 'e2e'])
  if ((await run([process.execPath, compiler, '-p', one])).code !== 0) failed = true;
process.exitCode = failed ? 1 : 0;
