import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { project } from '../run/project.mjs';
import { run } from '../run/stage.mjs';

/** The C# compiler, RavenDB's .NET client and a runtime, which all lie in the folder of a RavenDB server. */

const starter = join(project, '../shared/real-ravendb/real-ravendb');
/** By it Python calls the compiler, which has no program of its own there. */
const pythonnet = 'pythonnet==3.2.1';

async function must(command, env) {
  const { code, text } = await run(command, env, true);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${text}`);
  return text;
}

/** The tools; undefined where no RavenDB can be started either. */
export async function findToolchain() {
  if (!existsSync(starter)) return undefined;
  await must([starter, 'install']);
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const cache = process.env.REAL_RAVENDB_CACHE ?? join(caches, 'real-ravendb/7.2.7');
  const packages = join(cache, 'pythonnet');
  if (!existsSync(join(packages, 'pythonnet')))
    await must([
      'python3',
      '-m',
      'pip',
      'install',
      '--quiet',
      '--root-user-action=ignore',
      '--target',
      packages,
      pythonnet,
    ]);
  const dotnet = join(cache, 'dotnet');
  const environment = { DOTNET_ROOT: dotnet, DOTNET_gcServer: '0' };
  return {
    /** What stands before a program's path to run it. */
    dotnet: [join(dotnet, 'dotnet'), 'exec'],
    environment,
    /**
     * @param {string} folder where the program goes
     * @param {string} name
     * @param {readonly string[]} sources
     * @returns {Promise<string>} its path
     */
    async compile(folder, name, sources) {
      const script = join(project, 'e2e/dotnet/compile.py');
      const command = ['python3', script, join(cache, 'RavenDBServer'), dotnet, folder, name, ...sources];
      await must(command, { ...environment, PYTHONPATH: packages });
      return join(folder, `${name}.dll`);
    },
  };
}
