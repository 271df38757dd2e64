import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError, usageError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import { canAsk, type Terminal } from './terminal.ts';

const interrupted = (): CommandError => new CommandError('Interrupted.', 'Nothing was changed.', exitCodes.interrupted);

/** One line from the terminal; Ctrl-C and Ctrl-D give up. `hidden`: what is typed isn't shown. */
function askLine({ input, messages }: Terminal, question: string, hidden: boolean): Promise<string> {
  // With `terminal` readline takes the terminal's own echo away; it then echoes to `output`, which shows nothing here.
  const dark = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: hidden ? dark : messages, terminal: true, historySize: 0 });
  return new Promise((resolve, reject) => {
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      messages.write('\n');
      reject(interrupted());
    });
    // After the echo is off: what is typed ahead must not show either.
    if (hidden) messages.write(question);
    lines.question(hidden ? '' : question, (line) => {
      if (hidden) messages.write('\n');
      resolve(line);
      lines.removeAllListeners('close');
      lines.close();
    });
  });
}

/** Asks for a line of text. @throws CommandError where nobody can be asked */
export async function ask(terminal: Terminal, question: string, otherwise: CommandError): Promise<string> {
  if (!canAsk(terminal)) throw otherwise;
  return (await askLine(terminal, question, false)).trim();
}

/** Asks for a passphrase without showing it. @throws CommandError where nobody can be asked */
export function askHidden(terminal: Terminal, question: string, otherwise: CommandError): Promise<string> {
  if (!canAsk(terminal)) return Promise.reject(otherwise);
  return askLine(terminal, question, true);
}

/** A passphrase for something new: asked twice, as nobody sees what was typed. */
export async function askNewPassphrase(terminal: Terminal, question: string, otherwise: CommandError): Promise<string> {
  for (;;) {
    const passphrase = await askHidden(terminal, question, otherwise);
    if (passphrase === '') return '';
    if ((await askHidden(terminal, 'Once more: ', otherwise)) === passphrase) return passphrase;
    terminal.messages.write('The two differ. Again.\n');
  }
}

/**
 * Asks before something is lost. `typed`: this text has to be typed instead of `y`.
 * @throws CommandError when the answer is no, and where nobody can be asked unless `yes`
 */
export async function confirm(
  terminal: Terminal,
  { what, yes, typed }: { readonly what: string; readonly yes: boolean; readonly typed?: string },
): Promise<void> {
  if (yes) return;
  const unasked = usageError(`${what} This needs a yes.`, 'Add --yes to confirm it where nobody can be asked.');
  const question = typed === undefined ? `${what} Go on? [y/N] ` : `${what}\nType “${typed}” to go on: `;
  const answer = await ask(terminal, question, unasked);
  const agreed = typed === undefined ? /^(y|yes)$/i.test(answer) : answer === typed;
  if (!agreed) throw new CommandError('Nothing was changed.', 'The question was answered with no.', exitCodes.failed);
}
