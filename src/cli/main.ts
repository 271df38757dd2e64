import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The program behind `npm start` and `raven-certificates`. Each of its two halves is loaded only when it is asked for: the console
 * brings a database and a server with it, a command shall answer at once.
 * @param argv without program and script
 */
export async function main(argv: readonly string[]): Promise<void> {
  const [first, ...rest] = argv;
  if (first === 'start') {
    const code = await (await import('./start/run-start.ts')).runStart(rest);
    // Something that was left open must not keep a console running that was told to stop.
    process.exit(code);
  }
  process.exitCode = await (await import('./run-command.ts')).runCommand(argv);
}

// Started as a program, also through the link that npm makes for it; `npm start` calls `main` itself.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2));
