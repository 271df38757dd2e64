import type { Certificate, CertificateList } from '../api/types.ts';
import type { Viewer } from './allowed-actions.ts';
import { certificateState } from './certificate-state.ts';
import { clearanceLabels, isClusterAdmin } from './clearance.ts';
import type { Finding } from './finding.ts';
import { keyFinding } from './presentable-key.ts';
import { dateText } from './time-text.ts';
import { haveSameKey } from './version-one.ts';

/** What is known of a certificate that is to be registered. Dates are milliseconds UTC. */
export interface UploadCandidate {
  readonly thumbprint: string;
  readonly subject: string;
  /** False for X.509 version 1. */
  readonly hasVersion: boolean;
  readonly pinningHash: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly keyAlgorithm: string;
  readonly keySize: number;
  readonly curve: string | null;
  readonly extendedKeyUsages: readonly string[];
  readonly isCertificateAuthority: boolean;
}

export interface UploadSurroundings {
  readonly list: CertificateList;
  readonly viewer: Viewer | null;
  /** Milliseconds UTC. */
  readonly now: number;
}

const clientAuthentication = '1.3.6.1.5.5.7.3.2';
const anyUsage = '2.5.29.37.0';

export const mayAuthenticateClients = ({ extendedKeyUsages }: Pick<UploadCandidate, 'extendedKeyUsages'>): boolean =>
  extendedKeyUsages.length === 0 ||
  extendedKeyUsages.includes(clientAuthentication) ||
  extendedKeyUsages.includes(anyUsage);

/** Thumbprints are compared without case (contract §3.6). */
const same = (a: string, b: string | null | undefined): boolean => a.toUpperCase() === b?.toUpperCase();

const named = ({ name, thumbprint }: Pick<Certificate, 'name' | 'thumbprint'>): string =>
  `“${name.trim() === '' ? `${thumbprint.slice(0, 10)}…` : name}”`;

/**
 * What to say before these certificates are registered as one entry: RavenDB itself overwrites silently (contract §7.3) and registers
 * what it will then refuse.
 * @param candidates the ones that will be registered (see `planSet`), the primary first
 */
export function uploadFindings(candidates: readonly UploadCandidate[], surroundings: UploadSurroundings): Finding[] {
  return candidates.flatMap((candidate) => {
    const who = candidates.length > 1 ? `${candidate.subject}: ` : '';
    return [
      ...serverFinding(candidate, surroundings),
      ...versionOneFinding(candidate, surroundings),
      ...registeredFindings(candidate, candidates, surroundings),
      ...sameKeyFindings(candidate, candidates, surroundings),
      ...ownFindings(candidate, surroundings.now),
      ...wellKnownFinding(candidate, surroundings),
    ].map((finding) => ({
      ...finding,
      id: `${finding.id}-${candidate.thumbprint}`,
      title: `${who}${finding.title}`,
    }));
  });
}

export const isServersOwn = (thumbprint: string, list: CertificateList): boolean =>
  same(thumbprint, list.loadedServerThumbprint) || same(thumbprint, list.loadedServerThumbprintForCommunication);

function serverFinding({ thumbprint }: UploadCandidate, { list }: UploadSurroundings): Finding[] {
  if (!isServersOwn(thumbprint, list)) return [];
  return [
    {
      id: 'server',
      level: 'error',
      title: 'This is the certificate that this server itself uses.',
      text: 'RavenDB refuses a file that holds it. Choose another file, or leave this certificate out.',
    },
  ];
}

/** RavenDB can't tell such certificates apart (see `versionOneHash`). */
function versionOneFinding({ hasVersion, thumbprint }: UploadCandidate, { list }: UploadSurroundings): Finding[] {
  if (hasVersion || isServersOwn(thumbprint, list)) return [];
  return [
    {
      id: 'version-1',
      level: 'confirm',
      title: 'It is a certificate of X.509 version 1.',
      text: 'RavenDB 7.2.7 takes all of that version for one: whoever holds any other, made without asking anybody, gets in as this one. Have it issued as version 3 instead; openssl x509 -req does so when it is given -extfile.',
      agreement: 'Register it although others may get in as it',
    },
  ];
}

function registeredFindings(
  candidate: UploadCandidate,
  candidates: readonly UploadCandidate[],
  { list, viewer }: UploadSurroundings,
): Finding[] {
  const entry = list.certificates.find(({ thumbprint }) => same(candidate.thumbprint, thumbprint));
  if (entry === undefined || isServersOwn(candidate.thumbprint, list)) return [];
  if (isClusterAdmin(entry.clearance) && viewer !== null && !isClusterAdmin(viewer.clearance))
    return [
      {
        id: 'above',
        level: 'error',
        title: `It is registered as ${named(entry)} with the clearance ${clearanceLabels[entry.clearance]}.`,
        text: 'Uploading it again would replace that entry, which only a cluster admin may.',
        about: entry.thumbprint,
      },
    ];
  const lost = [
    'its name, clearance and database access',
    ...(entry.hasTwoFactor === true ? ['its authentication key for the second factor'] : []),
  ];
  const enabled = entry.disabled ? ' It is disabled now, and will be enabled.' : '';
  const own = same(candidate.thumbprint, viewer?.thumbprint)
    ? ' It is the certificate this console uses: with less clearance you lose what you can do here.'
    : '';
  return [
    {
      id: 'registered',
      level: 'confirm',
      title: `It is registered already, as ${named(entry)}.`,
      text: `RavenDB replaces ${lost.join(' and ')} by what you enter below.${enabled}${own} To change single settings, edit it instead.`,
      agreement: `Replace the settings of ${named(entry)}`,
      about: entry.thumbprint,
    },
    ...collectionFindings(entry, candidates, list),
  ];
}

/** Uploading part of a collection anew tears it apart (contract §7.3.6). */
function collectionFindings(
  entry: Certificate,
  candidates: readonly UploadCandidate[],
  list: CertificateList,
): Finding[] {
  const registered = new Set(list.certificates.map(({ thumbprint }) => thumbprint));
  const uploaded = (thumbprint: string) => candidates.some((candidate) => same(candidate.thumbprint, thumbprint));
  const left = entry.secondaryThumbprints.filter((thumbprint) => registered.has(thumbprint) && !uploaded(thumbprint));
  if (left.length > 0)
    return [
      {
        id: 'orphans',
        level: 'confirm',
        title: `${named(entry)} is a collection, and ${left.length === 1 ? 'one of its certificates is' : `${String(left.length)} of its certificates are`} not in this upload.`,
        text: 'They keep their access, and RavenDB refuses to delete them until each is uploaded again on its own. Delete the collection first if they should go.',
        agreement: `Leave ${left.length === 1 ? 'one certificate' : `${String(left.length)} certificates`} of ${named(entry)} behind`,
        about: entry.thumbprint,
      },
    ];
  const primary = list.certificates.find(({ thumbprint }) => same(thumbprint, entry.primaryThumbprint));
  if (primary === undefined || uploaded(primary.thumbprint)) return [];
  return [
    {
      id: 'leaves',
      level: 'note',
      title: `It belongs to the collection ${named(primary)} now.`,
      text: 'It becomes an entry of its own, and the collection keeps the others.',
      about: primary.thumbprint,
    },
  ];
}

/** RavenDB lets in whoever holds the key of a registered certificate (contract §4.4). */
function sameKeyFindings(
  candidate: UploadCandidate,
  candidates: readonly UploadCandidate[],
  { list }: UploadSurroundings,
): Finding[] {
  const siblings = list.certificates.filter(
    ({ thumbprint, pinningHash }) =>
      haveSameKey({ pinningHash }, candidate) && !candidates.some((other) => same(other.thumbprint, thumbprint)),
  );
  const [first] = siblings;
  if (first === undefined || isServersOwn(candidate.thumbprint, list)) return [];
  const server = siblings.find(({ thumbprint }) => isServersOwn(thumbprint, list));
  if (server !== undefined)
    return [
      {
        id: 'server-key',
        level: 'warn',
        title: 'It has the same key as this server’s own certificate.',
        text: 'Whoever holds this certificate’s key can also pose as the server.',
      },
    ];
  const who = siblings.length === 1 ? named(first) : `${named(first)} and ${String(siblings.length - 1)} more`;
  const factor = siblings.some(({ hasTwoFactor }) => hasTwoFactor === true)
    ? ' A second factor asked of one of them can be avoided with the other.'
    : '';
  const disabled = siblings.some((sibling) => sibling.disabled) ? ' A disabled one is let in again by the other.' : '';
  return [
    {
      id: 'same-key',
      level: 'warn',
      title: `It has the same key as ${who}.`,
      text: `RavenDB knows people by their key: as long as one of these entries is enabled, deleting or disabling another one doesn’t shut its holder out.${factor}${disabled}`,
      about: first.thumbprint,
    },
  ];
}

/** What the certificate itself says. */
function ownFindings(candidate: UploadCandidate, now: number): Finding[] {
  const findings: Finding[] = [];
  const add = (id: string, title: string, text: string, level: Finding['level'] = 'warn') =>
    findings.push({ id, level, title, text });
  const state = certificateState({ ...candidate, disabled: false }, now, 0);
  if (state === 'expired')
    add(
      'expired',
      `It expired on ${dateText(candidate.notAfter)}.`,
      'RavenDB registers it, but refuses whoever presents it. A certificate can’t be extended: ask for a new one.',
    );
  if (state === 'notYetValid')
    add(
      'not-yet',
      `It is valid from ${dateText(candidate.notBefore)} on.`,
      'Until then RavenDB refuses whoever presents it.',
    );
  if (!mayAuthenticateClients(candidate))
    add(
      'usage',
      'It isn’t meant for client authentication.',
      'RavenDB takes it all the same. Browsers won’t offer it, and some clients refuse to present it.',
    );
  if (candidate.isCertificateAuthority)
    add(
      'authority',
      'It is the certificate of an authority.',
      'Only its own key is let in: the certificates that it issues are not.',
    );
  const unpresentable = keyFinding(candidate);
  if (unpresentable !== null) findings.push(unpresentable);
  if (candidate.keyAlgorithm === 'RSA' && candidate.keySize < 2048)
    add('weak', `Its RSA key has ${String(candidate.keySize)} bits.`, 'Less than 2048 are no longer considered safe.');
  return findings;
}

function wellKnownFinding({ thumbprint }: UploadCandidate, { list }: UploadSurroundings): Finding[] {
  if (!list.wellKnownAdmins.some((known) => same(thumbprint, known))) return [];
  return [
    {
      id: 'well-known',
      level: 'warn',
      title: 'The server’s configuration makes it a cluster admin.',
      text: 'It stands in Security.WellKnownCertificates.Admin: whatever clearance you give it here, it keeps that one.',
    },
  ];
}
