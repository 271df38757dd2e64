#!/usr/bin/env node
// Runs the scenarios against a server and compares with the recordings.
//   node compare.mjs --url https://localhost:PORT --pem admin.pem [--ca ca.crt] [--scenarios DIR] [--recorded DIR]
//                    [--certs DIR] [--config default] [--only text] [--deviations FILE]
// Prints one line per difference, then `N passed, N failed, N skipped` (steps). Exit status 1 when a step failed.
// Skipped: steps that differ and are listed in FILE, a JSON object of "scenario/step": "why we answer otherwise".
// A listed step that agrees after all fails, so that the list stays true.
import fs from 'node:fs';
import path from 'node:path';
import { readOptions } from './command-line.mjs';
import { Run, differences, essence, loadScenarios, normaliser, runScenario } from './lib.mjs';

const a = readOptions();
const run = new Run(a);
const show = (v) => (v === undefined ? 'nothing' : JSON.stringify(v));
const deviations = a.deviations ? JSON.parse(fs.readFileSync(a.deviations, 'utf8')) : {};
let passed = 0,
  failed = 0,
  skipped = 0;
for (const s of await loadScenarios(a.scenarios, a)) {
  const file = path.join(a.recorded, `${s.name}.json`);
  if (!fs.existsSync(file)) {
    console.log(`${s.name}: no recording`);
    failed += s.steps.length;
    continue;
  }
  const want = JSON.parse(fs.readFileSync(file, 'utf8'));
  const got = await runScenario(run, s);
  const nWant = normaliser(run.certs, {
    origin: want.server.origin,
    host: want.server.host,
    serverThumbprint: want.server.thumbprint,
  });
  const nGot = normaliser(run.certs, {
    origin: run.url.origin,
    host: run.url.host,
    serverThumbprint: run.server.thumbprint,
  });
  for (const [i, g] of got.steps.entries()) {
    const w = want.steps[i];
    if (!w || w.name !== g.name) {
      console.log(`${s.name}/${g.name}: not in the recording, record again`);
      failed++;
      continue;
    }
    const diffs = differences(essence(w.response, g.options, nWant), essence(g.response, g.options, nGot));
    const listed = Object.hasOwn(deviations, `${s.name}/${g.name}`);
    if (listed && diffs.length === 0) console.log(`${s.name}/${g.name}: listed as a deviation, but it agrees`);
    if (listed && diffs.length > 0) {
      skipped++;
      continue;
    }
    if (!listed && diffs.length === 0) passed++;
    else failed++;
    for (const d of diffs) console.log(`${s.name}/${g.name}: ${d.field}: expected ${show(d.want)} got ${show(d.got)}`);
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed ? 1 : 0;
