#!/usr/bin/env node
// The command line. From a clone it installs and builds first what isn't there, as `npm start` does.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from './ensure-built.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (line) => process.stderr.write(`${line}\n`);

try {
  if (existsSync(new URL('../../vite.config.ts', import.meta.url))) {
    await ensureInstalled(root, say);
    await ensureBuilt(root, say);
  }
  const { main } = await import(new URL('../../dist/node/main.mjs', import.meta.url).href);
  await main(process.argv.slice(2));
} catch (error) {
  say(error.name === 'BuildError' ? error.message : String(error.stack));
  process.exitCode = 1;
}
