export type CertificateFileProblem =
  | 'passphrase-required'
  | 'passphrase-wrong'
  | 'not-a-certificate'
  | 'unreadable-dates'
  | 'no-certificate'
  | 'encryption-unsupported'
  | 'too-expensive'
  | 'too-large';

/** Why a file could not be read as certificates. The message is a sentence for people and never holds bytes of the file. */
export class CertificateFileError extends Error {
  readonly code: CertificateFileProblem;

  constructor(code: CertificateFileProblem, message: string) {
    super(message);
    this.name = 'CertificateFileError';
    this.code = code;
  }
}

export function notACertificate(): CertificateFileError {
  return new CertificateFileError(
    'not-a-certificate',
    'This is not a certificate file. Choose a .pfx, .p12, .cer, .crt, .der, .pem or .p7b file, or the zip that RavenDB made.',
  );
}
