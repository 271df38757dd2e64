import { parentPort } from 'node:worker_threads';
import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import { UnsupportedKeyError } from '../../pki/private-key.ts';
import { type CryptoAnswer, type CryptoRequest, cryptoJobs } from './crypto-jobs.ts';

/** The other end of the crypto pool: one request at a time, one answer each. */
parentPort?.on('message', (request: CryptoRequest) => {
  void answer(request).then((message) => parentPort?.postMessage(message));
});

async function answer({ name, args }: CryptoRequest): Promise<CryptoAnswer> {
  try {
    const job = cryptoJobs[name] as (...args: unknown[]) => Promise<unknown>;
    return { result: await job(...args) };
  } catch (error) {
    if (error instanceof CertificateFileError) return { fileError: { code: error.code, message: error.message } };
    // What a library says of keys it couldn't use may quote them; our own sentence doesn't.
    return { failure: error instanceof UnsupportedKeyError ? error.message : 'The data it was given is not usable.' };
  }
}
