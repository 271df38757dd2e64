// What record.mjs and compare.mjs are called with.
import path from 'node:path';
import { here, parseArgs } from './lib.mjs';

/** The options that this program was called with; without the two that it can't do without it says so and ends. */
export function readOptions() {
  const options = parseArgs(process.argv.slice(2), {
    scenarios: path.join(here, 'scenarios'),
    recorded: path.join(here, 'recorded'),
    certs: path.join(here, 'certs'),
    config: 'default',
  });
  if (options.url && options.pem) return options;
  console.error(`${path.basename(process.argv[1])} --url URL --pem FILE [--ca FILE]`);
  process.exit(2);
}
