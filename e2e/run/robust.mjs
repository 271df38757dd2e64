// The embedded node under force: node e2e/run/robust.mjs [options] [names of tests]
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { project } from './project.mjs';
import { conclude, stage } from './stage.mjs';
import { vitest } from './vitest.mjs';

const help = `npm run torture -- [options]    kill -9, power cuts, full and failing disks, attacks
npm run fuzz -- [options]       made-up input, for the parsers and for a running node

  --rounds N   how often the node is killed (default 20)
  --cuts N     how many moments of a power cut are tried (default 50)
  --inputs N   how many inputs are made up (default 100000)
  --seed N     of the inputs, to see a failure again
  --help
`;

/**
 * @param {Record<string, string>} [env] ROBUST_ROUNDS, ROBUST_CUTS, ROBUST_ATTACKS, FUZZ_INPUTS, FUZZ_SEED; without them a share that fits into \`npm test\`
 * @param {readonly string[]} [names] of specs; default: all
 */
export const robust = (env = {}, names = []) =>
  vitest(['--reporter=verbose', '--config', 'e2e/robust/vitest.config.ts', ...names], env);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  let values;
  let positionals;
  try {
    ({ values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '20' },
        cuts: { type: 'string', default: '50' },
        inputs: { type: 'string', default: '100000' },
        seed: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${help}`);
    process.exit(2);
  }
  if (values.help) process.stdout.write(help);
  else {
    const say = (text) => process.stdout.write(`${text}\n`);
    await ensureInstalled(project, say);
    await ensureBuilt(project, say);
    const { rounds, cuts, inputs, seed } = values;
    const env = { ROBUST_ROUNDS: rounds, ROBUST_CUTS: cuts, FUZZ_INPUTS: inputs, ROBUST_ATTACKS: 'all' };
    await stage('under force', () =>
      robust({ ...env, ...(seed === undefined ? {} : { FUZZ_SEED: seed }) }, positionals),
    );
    conclude();
  }
}
