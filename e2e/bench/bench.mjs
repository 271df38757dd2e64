#!/usr/bin/env node
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, measureApi } from './api-load.mjs';
import { makeCertificates } from './certificates.mjs';
import { npmStart } from '../run/console-process.mjs';
import { parseEnv, project } from '../run/project.mjs';
import { benchEmbed } from './embed.mjs';
import { benchPage } from './page-load.mjs';
import { keeps, table } from './report.mjs';
import { benchStart } from './start-time.mjs';

const help = `npm run bench -- [options]

Measures what the budgets speak of and prints a table; the figures go to bench-results/bench.json as well.

  --only NAMES      of start, page, embed, api; comma between them (default: all)
  --counts NUMBERS  certificates in the page's lists (default 10,1000,10000)
  --runs N          visits of each list (default 3)
  --api-count N     certificates for the API's figures (default 2000)
  --against FILE    environment file (RAVENDB_URL …) of a fresh RavenDB: the API's figures are taken there too, in the same run
  --help
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'start,page,embed,api' },
    counts: { type: 'string', default: '10,1000,10000' },
    runs: { type: 'string', default: '3' },
    'api-count': { type: 'string', default: '2000' },
    against: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}

async function benchApi() {
  const count = Number(values['api-count']);
  const section = `RavenDB's API, ${count.toLocaleString('en')} certificates, one client over mutual TLS`;
  const certificates = await makeCertificates(count);
  const console_ = await npmStart();
  let ours;
  let resident;
  try {
    ours = await measureApi(console_.env, { count, certificates });
    resident = await console_.residentBytes();
  } finally {
    await console_.stop();
  }
  let theirs = {};
  if (values.against !== undefined) {
    const env = parseEnv(await readFile(values.against, 'utf8'));
    theirs = await measureApi(env, { count, certificates });
    await removeAll(env);
  }
  return [
    ...Object.entries(ours).map(([what, figure]) => {
      const other = theirs[what]?.value;
      const ratio =
        other === undefined ? undefined : figure.better === 'more' ? figure.value / other : other / figure.value;
      return {
        section,
        what,
        ...figure,
        ...(ratio === undefined
          ? {}
          : { note: `RavenDB ${other.toFixed(1)} ${figure.unit}: ${ratio.toFixed(2)} times as fast`, ratio }),
      };
    }),
    { section, what: 'memory of gateway and node together', value: resident / 1e6, unit: 'MB' },
  ];
}

async function removeAll(env) {
  const { call, close } = await connect(env);
  try {
    const list = JSON.parse((await call('GET', '/admin/certificates?metadataOnly=true')).toString('utf8'));
    for (const { Name, Thumbprint } of list.Results)
      if (Name.startsWith('bench-')) await call('DELETE', `/admin/certificates?thumbprint=${Thumbprint}`);
  } finally {
    await close();
  }
}

const sections = {
  start: benchStart,
  page: () => benchPage({ counts: values.counts.split(',').map(Number), runs: Number(values.runs) }),
  embed: benchEmbed,
  api: benchApi,
};
const figures = [];
for (const name of values.only.split(',')) {
  const section = sections[name];
  if (section === undefined) {
    process.stderr.write(`bench: there is no section “${name}”.\n\n${help}`);
    process.exit(2);
  }
  figures.push(...(await section()));
}
process.stdout.write(`${table(figures)}\n`);
const missed = figures.filter((figure) => keeps(figure) === false).length;
process.stdout.write(`\n${figures.filter((figure) => keeps(figure) === true).length} budgets kept, ${missed} missed\n`);
await mkdir(join(project, 'bench-results'), { recursive: true });
await writeFile(
  join(project, 'bench-results/bench.json'),
  `${JSON.stringify({ when: new Date().toISOString(), node: process.version, cores: cpus().length, memory: totalmem(), figures }, null, 1)}\n`,
);
