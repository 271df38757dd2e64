import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { runnerImport } from 'vite';
import { cleanEnvironment, project } from '../run/project.mjs';
import { nothing, sum } from '../run/stage.mjs';
import { spawnSync } from 'node:child_process';

/** What the console shows of how an application uses a certificate, run as it stands there on a certificate that the server made. */

const database = 'Snippets';
const name = "billing's app";
const passphrase = 'söcret $1';

/** @param {Readonly<Record<string, string>>} env as in DATA_DIR/env */
async function ask(env, method, path, body) {
  const pem = await readFile(env.RAVENDB_ADMIN_PEM, 'utf8');
  const ca = await readFile(env.RAVENDB_CA, 'utf8');
  return new Promise((resolve, reject) => {
    const sent = request(`${env.RAVENDB_URL}${path}`, { method, ca, cert: pem, key: pem, agent: false }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode, bytes: Buffer.concat(pieces) }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

/** How each is told of a CA that the system doesn't know: the variables that its note names. */
const trusts = { csharp: 'SSL_CERT_FILE', node: 'NODE_EXTRA_CA_CERTS', curl: 'CURL_CA_BUNDLE' };

/**
 * @param {Readonly<Record<string, string>>} env as in DATA_DIR/env
 * @param {{ dotnet: readonly string[], environment: Record<string, string>, compile: Function }} toolchain
 * @param {string} folder
 */
export async function runSnippets(env, toolchain, folder) {
  await mkdir(folder, { recursive: true });
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  await ask(env, 'PUT', `/admin/databases?name=${database}`, { DatabaseName: database });
  const wanted = {
    Name: name,
    Password: passphrase,
    SecurityClearance: 'ValidUser',
    Permissions: { [database]: 'ReadWrite' },
  };
  const zip = await ask(env, 'POST', '/admin/certificates', wanted);
  for (const [file, bytes] of Object.entries(unzipSync(zip.bytes))) await writeFile(join(folder, file), bytes);
  const { module } = await runnerImport(join(project, 'src/domain/usage-snippets.ts'));
  const snippets = module.usageSnippets({ serverUrl: env.RAVENDB_URL, database, name });
  const codeOf = (id) => snippets.find((snippet) => snippet.id === id).code;
  const start = (id, [program, ...args]) =>
    spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: cleanEnvironment({
        ...toolchain.environment,
        CERTIFICATE_PASSPHRASE: passphrase,
        [trusts[id]]: env.RAVENDB_CA,
      }),
    });
  const runs = {
    csharp: async () => {
      const source = join(folder, 'snippet.cs');
      const use = `
using var session = store.OpenSession();
session.Store(new { Name = "x" }, "snippets/csharp");
session.SaveChanges();
Console.WriteLine("saved");`;
      await writeFile(source, codeOf('csharp') + use);
      const program = await toolchain.compile(join(folder, 'program'), 'snippet', [source]);
      return start('csharp', [...toolchain.dotnet, program]);
    },
    node: async () => {
      const source = join(folder, 'snippet.mjs');
      const use = `
const session = store.openSession();
await session.store({ Name: 'x' }, 'snippets/node');
await session.saveChanges();
store.dispose();
console.log('saved');`;
      await writeFile(source, codeOf('node') + use);
      return start('node', [process.execPath, source]);
    },
    curl: () => start('curl', ['sh', '-c', codeOf('curl')]),
  };
  const counts = [];
  for (const [id, go] of Object.entries(runs)) {
    const { status, stdout, stderr } = await go();
    const worked = status === 0 && (id === 'curl' ? /^\{"Results":\[\{.*snippets\/node/s : /^saved$/m).test(stdout);
    if (!worked) process.stdout.write(`FAILED ${id}: exit status ${status}\n${stdout}${stderr}\n`);
    counts.push({ ...nothing, [worked ? 'passed' : 'failed']: 1 });
  }
  await ask(env, 'DELETE', '/admin/databases', { DatabaseNames: [database], HardDelete: true });
  return sum(counts);
}
