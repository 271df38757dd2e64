// RavenDB's own .NET client, compiled here, on the embedded node or on another server, and what the console shows for C#, Node.js and
// curl, run as it is printed: npm run test:dotnet -- [ENV_FILE] [TEXT of the names of the checks to run …]
// ENV_FILE names the server: RAVENDB_URL, RAVENDB_ADMIN_PEM and _PFX (the server's own identity), RAVENDB_CA.
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { findToolchain } from '../dotnet/toolchain.mjs';
import { runSnippets } from '../dotnet/snippets.mjs';
import { startConsole } from './console-process.mjs';
import { parseEnv, project } from './project.mjs';
import { atLeastOneFailure, conclude, countsIn, nothing, run, stage } from './stage.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
const [file, ...wanted] = process.argv.slice(2);
await ensureInstalled(project, say);
await ensureBuilt(project, say);

const folder = await mkdtemp(join(tmpdir(), 'raven-dotnet-'));
let node;
let ran = false;

async function checks(toolchain, env) {
  const sources = join(project, 'e2e/dotnet/checks');
  const names = readdirSync(sources).map((name) => join(sources, name));
  const program = await toolchain.compile(join(folder, 'checks'), 'checks', names);
  const { RAVENDB_URL, RAVENDB_ADMIN_PFX } = env;
  const more = { ...toolchain.environment, RAVENDB_URL, RAVENDB_ADMIN_PFX, SSL_CERT_FILE: env.RAVENDB_CA };
  const { code, text } = await run([...toolchain.dotnet, program, ...wanted], more);
  return atLeastOneFailure(code, countsIn(text));
}

try {
  const toolchain = await findToolchain();
  if (toolchain === undefined) {
    await stage('.NET client', async () => {
      say("There is no RavenDB here whose compiler and client could be used: its .NET client wasn't run.");
      return { ...nothing, skipped: 1 };
    });
  } else {
    ran = true;
    if (file === undefined) node = await startConsole([]);
    const env = node?.env ?? parseEnv(await readFile(file, 'utf8'));
    await stage('.NET client', () => checks(toolchain, env));
    if (wanted.length === 0) await stage('snippets', () => runSnippets(env, toolchain, join(folder, 'snippets')));
  }
} finally {
  await node?.stop();
  await rm(folder, { recursive: true, force: true });
}
conclude();
// Where it can't run that is no failure.
if (!ran) process.exitCode = 0;
