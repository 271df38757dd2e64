#!/usr/bin/env node
// Records what a server answers to the scenarios, one JSON file per scenario.
//   node record.mjs --url https://localhost:PORT --pem admin.pem [--ca ca.crt] [--scenarios DIR] [--recorded DIR]
//                   [--certs DIR] [--config default] [--only text]
// The server must be fresh (no certificates, no databases). Needs nothing but Node 20.
import fs from 'node:fs';
import path from 'node:path';
import { readOptions } from './command-line.mjs';
import { Run, loadScenarios, runScenario } from './lib.mjs';

const a = readOptions();
const run = new Run(a);
const sets = fs
  .readdirSync(a.certs)
  .filter((f) => f.endsWith('.pfx'))
  .map((f) => [fs.readFileSync(path.join(a.certs, f)).toString('base64'), `<file ${f}>`]);
const hide = (s) =>
  sets
    .reduce((t, [from, to]) => t.replaceAll(from, to), s)
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g, '<private key>');
fs.mkdirSync(a.recorded, { recursive: true });
let steps = 0,
  count = 0;
for (const s of await loadScenarios(a.scenarios, a)) {
  const recording = await runScenario(run, s);
  recording.server = { origin: run.url.origin, host: run.url.host, thumbprint: run.server.thumbprint };
  fs.writeFileSync(path.join(a.recorded, `${s.name}.json`), `${hide(JSON.stringify(recording, null, 1))}\n`);
  steps += recording.steps.length;
  count++;
  for (const x of recording.steps)
    if (a.verbose)
      console.log(
        `${s.name}/${x.name}: ${x.response.status} ${JSON.stringify(x.response.body)?.slice(0, Number(a.verbose) || 200)}`,
      );
  const broken = recording.steps.filter((x) => x.response.status === 0);
  for (const b of broken) console.log(`${s.name}/${b.name}: no response (${b.response.body.transport})`);
}
console.log(`${count} scenarios, ${steps} steps recorded`);
