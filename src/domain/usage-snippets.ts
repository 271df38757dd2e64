import { safeFileName } from '../api/safe-file-name.ts';

/** How an application uses a client certificate, in the languages that RavenDB has an official client for, and curl. */
export interface UsageSnippet {
  readonly id: 'csharp' | 'java' | 'node' | 'python' | 'go' | 'curl';
  readonly label: string;
  /** What has to be done once before, for a shell; empty when nothing. */
  readonly before: string;
  readonly code: string;
  /** How it is told of a server certificate that no public CA signed, and other things to know. */
  readonly notes: readonly string[];
}

export interface Usage {
  /** `https://host:port`. */
  readonly serverUrl: string;
  readonly database: string;
  /** The certificate's name: its files are called `<name>.pfx`, `.crt` and `.key`. */
  readonly name: string;
  /** Whether this server encrypts the `.key` with the passphrase of the `.pfx` (`Capabilities`). */
  readonly encryptsKeyFile?: boolean | undefined;
}

/** A string literal of JavaScript, Python, Java, C# and Go alike: JSON's escapes are in all of them. */
const literal = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** One word for a POSIX shell. */
const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/**
 * Snippets with the real address and names, each run against a server of its own (C#, Node.js and curl by `npm run test:dotnet`; Python,
 * Java) or taken from the client's documentation (Go). The passphrase is never part of them: they read it from the environment.
 */
export function usageSnippets({ serverUrl, database, name, encryptsKeyFile = false }: Usage): UsageSnippet[] {
  const file = safeFileName(name);
  const url = literal(serverUrl);
  const db = literal(database);
  const pfx = literal(`${file}.pfx`);
  const encrypted = encryptsKeyFile
    ? [
        `Made by this server with a passphrase, the .key is encrypted with it: openssl rsa -in ${word(`./${file}.key`)} -out open.key opens it.`,
      ]
    : [];
  return [
    {
      id: 'csharp',
      label: 'C#',
      before: 'dotnet add package RavenDB.Client',
      code: `using System.Security.Cryptography.X509Certificates;
using Raven.Client.Documents;

using var store = new DocumentStore
{
    Urls = [${url}],
    Database = ${db},
    Certificate = X509CertificateLoader.LoadPkcs12FromFile(
        ${pfx}, Environment.GetEnvironmentVariable("CERTIFICATE_PASSPHRASE")),
};
store.Initialize();`,
      notes: [
        'Before .NET 9: new X509Certificate2(path, passphrase).',
        'A server certificate that no public CA signed: on Linux name the file of its CA in the environment variable SSL_CERT_FILE; on Windows and macOS let the system trust the CA.',
      ],
    },
    {
      id: 'java',
      label: 'Java',
      before: '',
      code: `import java.io.FileInputStream;
import java.security.KeyStore;
import net.ravendb.client.documents.DocumentStore;

char[] passphrase = System.getenv().getOrDefault("CERTIFICATE_PASSPHRASE", "").toCharArray();
KeyStore keyStore = KeyStore.getInstance("PKCS12");
try (FileInputStream file = new FileInputStream(${pfx})) {
    keyStore.load(file, passphrase);
}
DocumentStore store = new DocumentStore(${url}, ${db});
store.setCertificate(keyStore);
store.setCertificatePrivateKeyPassword(passphrase);
store.initialize();`,
      notes: [
        'Java reads .pfx files with passphrases in ASCII only.',
        'A server certificate that no public CA signed: import it with keytool, and name the store with -Djavax.net.ssl.trustStore.',
      ],
    },
    {
      id: 'node',
      label: 'Node.js',
      before: 'npm install ravendb',
      code: `import { readFileSync } from 'node:fs';
import { DocumentStore } from 'ravendb';

const store = new DocumentStore(${url}, ${db}, {
  type: 'pfx',
  certificate: readFileSync(${pfx}),
  password: process.env.CERTIFICATE_PASSPHRASE,
});
store.initialize();`,
      notes: [
        'A server certificate that no public CA signed: name its file in the environment variable NODE_EXTRA_CA_CERTS.',
      ],
    },
    {
      id: 'python',
      label: 'Python',
      before: `pip install ravendb\n(cat ${word(`${file}.crt`)}; echo; cat ${word(`${file}.key`)}) > ${word(`${file}.pem`)}`,
      code: `from ravendb import DocumentStore

store = DocumentStore(${url}, ${db})
store.certificate_pem_path = ${literal(`${file}.pem`)}
store.initialize()`,
      notes: [
        ...(encryptsKeyFile
          ? encrypted
          : ['The key in the zip has no passphrase: keep the .pem where only the application can read it.']),
        'A server certificate that no public CA signed: store.trust_store_path = "ca.crt".',
      ],
    },
    {
      id: 'go',
      label: 'Go',
      before: 'go get github.com/ravendb/ravendb-go-client',
      code: `certificate, err := tls.LoadX509KeyPair(${literal(`${file}.crt`)}, ${literal(`${file}.key`)})
if err != nil {
	log.Fatal(err)
}
store := ravendb.NewDocumentStore([]string{${url}}, ${db})
store.Certificate = &certificate
if err := store.Initialize(); err != nil {
	log.Fatal(err)
}`,
      notes: [
        ...encrypted,
        'A server certificate that no public CA signed: store.TrustStore takes the *x509.Certificate of its CA.',
      ],
    },
    {
      id: 'curl',
      label: 'curl',
      before: '',
      code: `curl --cert ${word(`./${file}.crt`)} --key ${word(`./${file}.key`)} \\
  ${word(`${serverUrl}/databases/${encodeURIComponent(database)}/docs?pageSize=1`)}`,
      notes: [
        ...encrypted,
        'A server certificate that no public CA signed: name the file of its CA in the environment variable CURL_CA_BUNDLE, or add --cacert ca.crt.',
      ],
    },
  ];
}

/** How a browser is given the certificate, for those who open RavenDB's own pages with it. */
export interface BrowserSteps {
  readonly id: 'chrome' | 'firefox' | 'safari';
  readonly label: string;
  readonly steps: readonly string[];
}

export const browserSteps = (name: string): BrowserSteps[] => {
  const pfx = `“${safeFileName(name)}.pfx”`;
  return [
    {
      id: 'chrome',
      label: 'Chrome, Edge',
      steps: [
        `Windows: open ${pfx}, choose “Current User”, enter the passphrase, and let Windows choose the store.`,
        `macOS: open ${pfx} in Keychain Access, keychain “login”. Linux: Settings, Privacy and security, Security, Manage certificates, “Your certificates”, Import.`,
        'Close every window of the browser, or open a private one: a choice made before is remembered. Then open the server’s address and choose the certificate.',
      ],
    },
    {
      id: 'firefox',
      label: 'Firefox',
      steps: [
        'Settings, Privacy & Security, Certificates, View Certificates, “Your Certificates”, Import.',
        `Choose ${pfx} and enter its passphrase. Firefox refuses a file without one.`,
        'Open the server’s address in a new private window and choose the certificate.',
      ],
    },
    {
      id: 'safari',
      label: 'Safari',
      steps: [
        `Open ${pfx}: Keychain Access asks for the passphrase and adds it to the keychain “login”.`,
        'Quit Safari and open it again.',
        'Open the server’s address and choose the certificate.',
      ],
    },
  ];
};
