import type { Finding } from './finding.ts';
import { type CertificateNames, coversHost } from './host-coverage.ts';
import { dateText } from './time-text.ts';

/** What is known of a certificate that is to become the server's. Dates are milliseconds UTC. */
export interface ReplacementCandidate extends CertificateNames {
  readonly thumbprint: string;
  readonly issuer: string;
  readonly selfIssued: boolean;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly keyAlgorithm: string;
  readonly keySize: number;
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
}

export interface ReplacementSurroundings {
  /** The server's certificate of now; null when it isn't known. */
  readonly current: { readonly thumbprint: string; readonly issuer: string; readonly notAfter: number } | null;
  /** Host names of the cluster's nodes. */
  readonly hosts: readonly string[];
  /** Whether this console's identity is the server's certificate of now, which RavenDB refuses once it is replaced. */
  readonly ownIdentity: boolean;
  /** Names of cluster admins that can take over then. */
  readonly otherAdmins: readonly string[];
  /** Whether the server makes a certificate of its own for client authentication (`Capabilities`). */
  readonly communicationCertificate: boolean;
  /** Milliseconds UTC. */
  readonly now: number;
}

const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const clientAuthentication = '1.3.6.1.5.5.7.3.2';

/**
 * What to say before a server certificate is replaced: what RavenDB would refuse (contract §10.1, measured on 7.2.7: key, dates and key
 * usages; the names it doesn't look at), and what it would do without a word.
 */
export function replacementFindings(candidate: ReplacementCandidate, around: ReplacementSurroundings): Finding[] {
  return [...refusals(candidate, around), ...consequences(candidate, around), ...identityFindings(around)];
}

function refusals(
  candidate: ReplacementCandidate,
  { current, communicationCertificate, now }: ReplacementSurroundings,
): Finding[] {
  const found: Finding[] = [];
  const refuse = (id: string, title: string, text: string) => found.push({ id, level: 'error', title, text });
  if (candidate.thumbprint === current?.thumbprint)
    refuse('same', 'The server uses this certificate already.', 'Choose the file of the new one.');
  if (candidate.keyAlgorithm !== 'RSA')
    refuse(
      'algorithm',
      `Its key is of the type ${candidate.keyAlgorithm}; RavenDB takes RSA keys only.`,
      'Ask the authority for a certificate with an RSA key.',
    );
  if (candidate.notAfter < now)
    refuse('expired', `It expired on ${dateText(candidate.notAfter)}.`, 'Choose the file of a newer one.');
  if (!candidate.extendedKeyUsages.includes(serverAuthentication))
    refuse(
      'server-authentication',
      'It isn’t made for server authentication.',
      'RavenDB asks for the extended key usage “server authentication”.',
    );
  if (!communicationCertificate && !candidate.extendedKeyUsages.includes(clientAuthentication))
    // 5.4.115 takes it (201), overwrites its own with it, and never starts again; later ones answer 500 (measured).
    refuse(
      'client-authentication',
      'It isn’t made for client authentication, and would end this server.',
      'Before version 7.1 nodes present it to each other, and RavenDB doesn’t start with one that isn’t made for that. Ask the authority for a certificate with both extended key usages.',
    );
  if (!candidate.keyUsages.includes('digitalSignature'))
    refuse(
      'digital-signature',
      'It has no key usage “digital signature”.',
      'RavenDB asks for it in a server’s certificate.',
    );
  return found;
}

function consequences(
  candidate: ReplacementCandidate,
  { current, hosts, communicationCertificate, now }: ReplacementSurroundings,
): Finding[] {
  const found: Finding[] = [];
  const missing = hosts.filter((host) => !coversHost(candidate, host));
  if (missing.length > 0)
    found.push({
      id: 'hosts',
      level: 'confirm',
      title: `It doesn’t cover ${missing.join(', ')}.`,
      text: 'RavenDB doesn’t check this. Nodes and clients will refuse to connect to an address that isn’t in the certificate.',
      agreement: `Replace it though it doesn’t cover ${missing.join(', ')}`,
    });
  if (candidate.notBefore > now)
    found.push({
      id: 'not-yet',
      level: 'warn',
      title: `It is valid from ${dateText(candidate.notBefore)} on.`,
      text: 'The nodes don’t confirm it before that day: until then the replacement stays pending, and can be cancelled.',
    });
  if (current !== null && candidate.notAfter < current.notAfter)
    found.push({
      id: 'shorter',
      level: 'warn',
      title: `It expires on ${dateText(candidate.notAfter)}, before the one it replaces (${dateText(current.notAfter)}).`,
      text: 'Check that it is the newer file.',
    });
  if (
    communicationCertificate &&
    candidate.extendedKeyUsages.length > 0 &&
    !candidate.extendedKeyUsages.includes(clientAuthentication)
  )
    found.push({
      id: 'client-authentication',
      level: 'warn',
      title: 'It isn’t made for client authentication.',
      text: 'Nodes also present it to each other: RavenDB then makes a certificate of its own for that.',
    });
  if (candidate.keyAlgorithm === 'RSA' && candidate.keySize < 2048)
    found.push({
      id: 'weak',
      level: 'warn',
      title: `Its RSA key has ${String(candidate.keySize)} bits.`,
      text: 'Less than 2048 are no longer considered safe, and many clients refuse them.',
    });
  if (candidate.selfIssued || (current !== null && candidate.issuer !== current.issuer))
    found.push({
      id: 'trust',
      level: 'warn',
      title: candidate.selfIssued
        ? 'It is self-signed: no authority vouches for it.'
        : 'It comes from another issuer than the one it replaces.',
      text: 'Whoever trusts the old one by its file, issuer or fingerprint has to be told to trust the new one, this console among them: when it says so, start it again with --ca, or confirm the new fingerprint.',
    });
  return found;
}

/** The old certificate stops being an identity at the moment of the replacement (contract §10.1, measured). */
function identityFindings({ ownIdentity, otherAdmins }: ReplacementSurroundings): Finding[] {
  if (!ownIdentity) return [];
  if (otherAdmins.length === 0)
    return [
      {
        id: 'lockout',
        level: 'error',
        title: 'You would lock yourself out.',
        text: 'This console’s identity is the server’s certificate, which RavenDB refuses once it is replaced, and no other cluster admin is registered. Generate one first, and keep its file.',
      },
    ];
  const who = otherAdmins.length === 1 ? (otherAdmins[0] ?? '') : `one of ${otherAdmins.join(', ')}`;
  return [
    {
      id: 'lockout',
      level: 'confirm',
      title: 'This console’s identity ends with the old certificate.',
      text: `It is the server’s certificate, which RavenDB refuses once it is replaced. Start the console again with the file of ${who} then.`,
      agreement: `I have the file of ${who}`,
    },
  ];
}
