import { authenticationUri } from '../../pki/totp.ts';
import { qrText } from '../qr-text.ts';
import { hasColours, printLine, type Terminal } from '../terminal.ts';

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
export function printAuthenticationKey(terminal: Terminal, key: NewAuthenticationKey): void {
  if (terminal.output.isTTY === true) {
    printLine(terminal);
    printLine(terminal, qrText(uriOf(key), hasColours(terminal, 'output')));
    printLine(terminal);
  }
  printLine(terminal, `Authentication key: ${key.key.match(/.{1,4}/g)?.join(' ') ?? ''}`);
  printLine(terminal, `For apps without a camera: ${uriOf(key)}`);
  printLine(terminal, 'It is shown this once: RavenDB doesn’t give it out again.');
}
