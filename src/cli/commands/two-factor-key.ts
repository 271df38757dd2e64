import type { RavenApi } from '../../api/client.ts';
import { generateAuthenticationKey } from '../../api/two-factor.ts';
import { type Capabilities, lacks } from '../../domain/capabilities.ts';
import { authenticationUri, matchCode } from '../../pki/totp.ts';
import { CommandError, usageError } from '../command-error.ts';
import { ask } from '../prompts.ts';
import { qrText } from '../qr-text.ts';
import { canAsk, hasColours, printLine, printMessage, type Terminal } from '../terminal.ts';

export interface NewAuthenticationKey {
  readonly serverUrl: string;
  /** The certificate's. */
  readonly name: string;
  /** Base32. */
  readonly key: string;
}

const uriOf = ({ serverUrl, name, key }: NewAuthenticationKey): string =>
  authenticationUri({ issuer: new URL(serverUrl).hostname, name, key });

export const authenticationKeyJson = (key: NewAuthenticationKey) => ({
  authenticationKey: key.key,
  authenticationUri: uriOf(key),
});

/** Shows the key once: as a QR code on a terminal, and as text in groups of four. */
function printAuthenticationKey(terminal: Terminal, key: NewAuthenticationKey): void {
  if (terminal.output.isTTY === true) {
    printLine(terminal);
    printLine(terminal, qrText(uriOf(key), hasColours(terminal, 'output')));
    printLine(terminal);
  }
  printLine(terminal, `Authentication key: ${key.key.match(/.{1,4}/g)?.join(' ') ?? ''}`);
  printLine(terminal, `For apps without a camera: ${uriOf(key)}`);
  printLine(terminal, 'It is shown this once: RavenDB doesn’t give it out again.');
}

/** @throws CommandError where the server has no second factor: it would take a key, ignore it and let the certificate in without a code */
export function assertTwoFactor({ twoFactor }: Capabilities): void {
  if (!twoFactor) throw new CommandError(lacks.twoFactor, 'Nothing was changed.');
}

export interface KeyOptions {
  /** Whether a code of the app is asked for before the key is used. */
  readonly check: boolean;
  readonly json?: boolean;
}

/** Says so before anything else is asked or done. @throws CommandError when a code can't be asked for */
export function checkCanCheck(terminal: Terminal, { check }: KeyOptions): void {
  if (check && !canAsk(terminal))
    throw usageError(
      'A code has to be typed before the second factor is turned on, so that nobody is locked out.',
      'Run this on a terminal, or add --no-check.',
    );
}

/**
 * A fresh key, shown, and proven by a code unless `check` is false: nobody is locked out by a bad scan. With `json` it is shown where
 * messages go, and only for a code to be typed: the caller prints the answer whole.
 */
export async function newAuthenticationKey(
  terminal: Terminal,
  api: RavenApi,
  of: Omit<NewAuthenticationKey, 'key'>,
  { check, json = false }: KeyOptions,
): Promise<NewAuthenticationKey> {
  const made = { ...of, key: await generateAuthenticationKey(api) };
  if (!json) printAuthenticationKey(terminal, made);
  else if (check) printAuthenticationKey({ ...terminal, output: terminal.messages }, made);
  if (check) await askForCode(terminal, made.key);
  return made;
}

export const codeQuestion = 'The six digits your app shows now: ';

async function askForCode(terminal: Terminal, key: string): Promise<void> {
  for (;;) {
    const code = await ask(terminal, codeQuestion, usageError('A code has to be typed.', 'Run this on a terminal.'));
    if (/^\d{6}$/.test(code.replace(/\s/g, '')) && matchCode(key, code, { window: 1, now: Date.now() }) !== null)
      return;
    printMessage(terminal, 'That isn’t it. Check the clock of both machines, and type the next one (Ctrl-C gives up).');
  }
}
