import { readFile } from 'node:fs/promises';
import type { ClientIdentity } from '../gateway/server-trust.ts';
import { CertificateFileError } from '../pki/certificate-file-error.ts';
import { buildChain } from '../pki/chain.ts';
import { parsePem, privateKeyToPem, toPem } from '../pki/pem.ts';
import { type CertificateFile, readCertificateFile } from '../pki/read-certificate-file.ts';
import { CommandError } from './command-error.ts';
import { askHidden } from './prompts.ts';
import type { Terminal } from './terminal.ts';

/** Where the certificate is that RavenDB knows us by. */
export type IdentityFiles =
  | { readonly pfx: string }
  /** `key` left out: it stands in the file of the certificate. */
  | { readonly cert: string; readonly key?: string };

/** @throws CommandError when it can't be read */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandError(`${file} can't be read (${reason}).`, 'Check the path and its permissions.');
  }
}

const isPassphraseProblem = (error: unknown): error is CertificateFileError =>
  error instanceof CertificateFileError && (error.code === 'passphrase-required' || error.code === 'passphrase-wrong');

const fileProblem = (file: string, error: CertificateFileError, advice: string): CommandError =>
  new CommandError(`${file}: ${error.message}`, advice);

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
  let current = passphrase;
  for (let asked = 0; ; asked += 1)
    try {
      return await read(current);
    } catch (error) {
      if (!(error instanceof CertificateFileError)) throw error;
      if (!isPassphraseProblem(error)) throw fileProblem(file, error, 'Choose another file.');
      const wrong = fileProblem(file, error, advice);
      if (terminal === undefined || passphrase !== undefined || asked === 3) throw wrong;
      if (asked > 0) terminal.messages.write('That passphrase doesn’t open it.\n');
      current = await askHidden(terminal, `Passphrase of ${file}: `, wrong);
    }
}

/** A file of certificates, with its passphrase where it needs one. @throws CommandError */
export async function readCertificates(
  file: string,
  how: FilePassphrase,
  options: { readonly withPrivateKey: boolean } = { withPrivateKey: false },
): Promise<CertificateFile> {
  const bytes = await readInput(file);
  return withPassphrase(file, how, (passphrase) => readCertificateFile(bytes, passphrase, options));
}

/** Adds the key that stands in a file of its own, as PEM text that can be read in one go. */
async function joinPem(certificateFile: string, keyFile: string): Promise<Uint8Array> {
  const [certificate, key] = await Promise.all([readInput(certificateFile), readInput(keyFile)]);
  const { certificates } = await readCertificateFile(certificate).catch((error: unknown) => {
    throw error instanceof CertificateFileError
      ? fileProblem(certificateFile, error, 'Name the certificate with --cert and its key with --key.')
      : error;
  });
  const keyText = key.toString('utf8');
  if (!parsePem(keyText).some(({ label }) => label.endsWith('PRIVATE KEY')))
    throw new CommandError(`${keyFile} holds no private key in PEM form.`, 'Name the file of the key with --key.');
  return Buffer.from([...certificates.map(({ der }) => toPem('CERTIFICATE', der)), keyText].join('\n'));
}

/**
 * The certificate and key by which RavenDB knows us, in the form Node's TLS takes. PKCS#12 files are read by our own reader, which also
 * opens the old encryptions that Node's OpenSSL refuses.
 * @throws CommandError
 */
export async function readIdentity(files: IdentityFiles, how: FilePassphrase): Promise<ClientIdentity> {
  const name = 'pfx' in files ? files.pfx : (files.key ?? files.cert);
  const bytes =
    'pfx' in files
      ? await readInput(files.pfx)
      : files.key === undefined
        ? await readInput(files.cert)
        : await joinPem(files.cert, files.key);
  return withPassphrase(name, how, async (passphrase) => {
    const file = await readCertificateFile(bytes, passphrase, { withPrivateKey: true });
    if (!file.hasPrivateKey)
      throw new CommandError(
        `${name} holds no private key, and RavenDB lets in only who has it.`,
        'Name a .pfx with its key (--pfx), or certificate and key (--cert and --key).',
      );
    if (file.privateKeyPkcs8 === undefined) return encryptedPem(bytes, passphrase);
    const own = file.certificates[Math.max(0, file.privateKeyOf ?? 0)] ?? file.certificates[0];
    if (own === undefined) throw new CommandError(`${name} holds no certificate.`, 'Choose another file.');
    const chain = await buildChain(own, file.certificates);
    return {
      cert: chain.map(({ der }) => toPem('CERTIFICATE', der)).join('\n'),
      key: privateKeyToPem(file.privateKeyPkcs8),
    };
  });
}

/** A key encrypted by PEM headers: only Node's OpenSSL opens those. */
function encryptedPem(bytes: Uint8Array, passphrase: string | undefined): ClientIdentity {
  if (passphrase === undefined || passphrase === '')
    throw new CertificateFileError('passphrase-required', 'The private key is encrypted. Enter its passphrase.');
  const text = Buffer.from(bytes).toString('utf8');
  return { cert: text, key: text, passphrase };
}
