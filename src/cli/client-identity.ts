import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { ClientIdentity } from '../gateway/server-trust.ts';
import { CertificateFileError } from '../pki/certificate-file-error.ts';
import { buildChain } from '../pki/chain.ts';
import { MAX_FILE_BYTES, tooLargeText } from '../pki/file-limits.ts';
import { privateKeyToPem, toPem } from '../pki/pem.ts';
import { type CertificateFile, readCertificateFile, type ReadOptions } from '../pki/read-certificate-file.ts';
import { CommandError } from './command-error.ts';
import { printable } from './printable.ts';
import { belongsTo, openKeys } from './private-keys.ts';
import { askHidden } from './prompts.ts';
import type { Terminal } from './terminal.ts';

/** Where the certificate is that RavenDB knows us by. */
export type IdentityFiles =
  | { readonly pfx: string }
  /** `key` left out: it stands in the file of the certificate. */
  | { readonly cert: string; readonly key?: string };

/**
 * @param atMost bytes; a larger file isn't read at all
 * @throws CommandError when it can't be read
 */
export async function readInput(file: string, atMost = Infinity): Promise<Buffer> {
  try {
    if ((await stat(file)).size <= atMost) return await readFile(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandError(`${file} can't be read (${reason}).`, 'Check the path and its permissions.');
  }
  throw fileProblem(file, new CertificateFileError('too-large', tooLargeText));
}

const isPassphraseProblem = (error: unknown): error is CertificateFileError =>
  error instanceof CertificateFileError && (error.code === 'passphrase-required' || error.code === 'passphrase-wrong');

/** The first sentence says what the file is, the others what to do next. */
function fileProblem(file: string, { message }: CertificateFileError, advice?: string): CommandError {
  const [what = message, ...next] = message.split(/(?<=[.:!]) (?=[A-Z])/);
  return new CommandError(`${file}: ${what}`, advice ?? (next.join(' ') || 'Choose another file.'));
}

export interface FilePassphrase {
  /** Where it is asked for; left out: nobody is asked. */
  readonly terminal?: Terminal;
  /** From an option or a file; undefined: asked for when it is needed. */
  readonly passphrase?: string | undefined;
  /** What to do where nobody can be asked. */
  readonly advice: string;
}

/**
 * Reads with the passphrase that was given, or asks for it (three times at most) when the file needs one.
 * @throws CommandError with a sentence of what is wrong with the file
 */
async function withPassphrase<T>(
  file: string,
  { terminal, passphrase, advice }: FilePassphrase,
  read: (passphrase: string | undefined) => Promise<T>,
): Promise<T> {
  // Where nobody can be asked, a file without a passphrase is opened whatever its rounds cost.
  let current = passphrase ?? (terminal?.input.isTTY === true ? undefined : '');
  for (let asked = 0; ; asked += 1)
    try {
      return await read(current);
    } catch (error) {
      if (!(error instanceof CertificateFileError)) throw error;
      if (!isPassphraseProblem(error)) throw fileProblem(file, error);
      const wrong = fileProblem(file, error, advice);
      if (terminal === undefined || passphrase !== undefined || asked === 3) throw wrong;
      if (asked > 0) terminal.messages.write('That passphrase doesn’t open it.\n');
      current = await askHidden(terminal, `Passphrase of ${file}: `, wrong);
    }
}

/** Says that it takes a while where it does: each derivation of a key blocks this thread. */
function patience(file: string, terminal: Terminal | undefined): Pick<ReadOptions, 'onProgress'> {
  const started = performance.now();
  let said = false;
  const onProgress = (done: number): void => {
    if (said || done === 1 || performance.now() - started < 1000) return;
    said = true;
    terminal?.messages.write(`Opening ${printable(file)} takes a while…\n`);
  };
  return { onProgress };
}

/** A file of certificates, with its passphrase where it needs one. @throws CommandError */
export async function readCertificates(
  file: string,
  how: FilePassphrase,
  options: { readonly withPrivateKey: boolean } = { withPrivateKey: false },
): Promise<CertificateFile> {
  const bytes = await readInput(file, MAX_FILE_BYTES);
  return withPassphrase(file, how, (passphrase) =>
    readCertificateFile(bytes, passphrase, { ...options, ...patience(file, how.terminal) }),
  );
}

/**
 * The certificate and key by which RavenDB knows us, in the form Node's TLS takes. PKCS#12 files are read by our own reader, which also
 * opens the old encryptions that Node's OpenSSL refuses; keys in PEM or DER by OpenSSL where ours doesn't know them.
 * @throws CommandError
 */
export async function readIdentity(files: IdentityFiles, how: FilePassphrase): Promise<ClientIdentity> {
  const name = 'pfx' in files ? files.pfx : files.cert;
  const keyName = 'pfx' in files ? name : (files.key ?? files.cert);
  const bytes = await readInput(name, MAX_FILE_BYTES);
  const keyBytes = keyName === name ? bytes : await readInput(keyName, MAX_FILE_BYTES);
  return withPassphrase(keyName, how, async (passphrase) => {
    const own = keyName === name ? { withPrivateKey: true, ...patience(name, how.terminal) } : {};
    const file = await readCertificateFile(bytes, passphrase, own).catch((error: unknown) => {
      if (keyName === name || !(error instanceof CertificateFileError)) throw error;
      throw fileProblem(name, error);
    });
    const found = file.privateKeyPkcs8 === undefined ? [] : [pkcs8Key(file.privateKeyPkcs8)];
    const more = keyName !== name || (file.format === 'pem' && !((file.privateKeyOf ?? -1) >= 0));
    const { keys: others, problem } = more ? openKeys(keyBytes, passphrase) : { keys: [] };
    const keys = [...found, ...others];
    for (const leaf of file.certificates) {
      const certificate = new X509Certificate(leaf.der);
      const key = keys.find((each) => belongsTo(each, certificate));
      if (key === undefined) continue;
      const chain = await buildChain(leaf, file.certificates);
      return {
        cert: chain.map(({ der }) => toPem('CERTIFICATE', der)).join('\n'),
        key: privateKeyToPem(key.export({ type: 'pkcs8', format: 'der' })),
      };
    }
    if (problem !== undefined) throw problem;
    if (keys.length === 0)
      throw new CommandError(
        `${keyName} holds no private key${keyName === name ? ', and RavenDB lets in only who has it' : ''}.`,
        'Name a .pfx with its key (--pfx), or certificate and key (--cert and --key).',
      );
    throw new CommandError(
      `The private key in ${keyName} doesn't belong to the certificate in ${name}.`,
      'Name the key that the certificate was made with.',
    );
  });
}

const pkcs8Key = (der: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
