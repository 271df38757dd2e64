#!/usr/bin/env node
// `npm start`: parses the options, installs and builds what isn't there, and runs the console in this process.
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from './ensure-built.mjs';
import { OptionError, parseStartOptions, startHelp } from './options.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const argv = process.argv.slice(2);
const say = (line) => process.stderr.write(`${line}\n`);

try {
  if (parseStartOptions(argv, process.env).help) process.stdout.write(startHelp());
  else {
    await ensureInstalled(root, say);
    await ensureBuilt(root, say);
    const { main } = await import(new URL('../../dist/node/main.mjs', import.meta.url).href);
    await main(['start', ...argv]);
  }
} catch (error) {
  say(error instanceof OptionError || error.name === 'BuildError' ? error.message : String(error.stack));
  process.exitCode = 1;
}
