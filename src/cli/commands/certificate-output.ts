import { dateText, daysLeftText } from '../../domain/time-text.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateState, type CertificateState, daysLeft, stateLabels } from '../../domain/certificate-state.ts';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { isOpenToVersionOne } from '../../domain/version-one.ts';
import { permissionsToWire } from '../../api/certificate-wire.ts';
import type { Column } from '../table.ts';
import type { Paint } from '../terminal.ts';
import type { Registered } from './registered.ts';

const isoOrNull = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** One certificate as `--json` prints it: dates are ISO 8601 in UTC, `daysLeft` whole days (negative: expired). */
export function certificateJson(
  entry: CertificateEntry,
  { threshold, viewer }: Pick<Registered, 'threshold' | 'viewer'>,
  now: number,
): Readonly<Record<string, unknown>> {
  return {
    name: entry.name,
    thumbprint: entry.thumbprint,
    kind: entry.kind,
    clearance: entry.clearance,
    permissions: permissionsToWire(entry.permissions),
    state: certificateState(entry, now, threshold),
    notBefore: isoOrNull(entry.notBefore),
    notAfter: isoOrNull(entry.notAfter),
    daysLeft: daysLeft(entry, now),
    disabled: entry.disabled,
    hasTwoFactor: entry.hasTwoFactor,
    own: viewer !== null && isOwn(entry, viewer.thumbprint),
    secondaryThumbprints: entry.secondaryThumbprints,
    pinningHash: entry.pinningHash,
    usage: entry.usage,
  };
}

export const isOwn = ({ thumbprints }: CertificateEntry, own: string): boolean =>
  thumbprints.some((thumbprint) => thumbprint.toUpperCase() === own.toUpperCase());

const stateStyles: Readonly<Record<CertificateState, Parameters<Paint>[0]>> = {
  valid: 'green',
  expiring: 'yellow',
  expired: 'red',
  notYetValid: 'cyan',
  disabled: 'gray',
  unreadable: 'red',
};

export const stateStyle = (state: CertificateState): Parameters<Paint>[0] => stateStyles[state];

/** `Orders=ReadWrite, Archive=Read`, or what a higher clearance opens. */
export function databasesText({ clearance, permissions }: Pick<CertificateEntry, 'clearance' | 'permissions'>): string {
  if (reachesAllDatabases(clearance)) return 'all';
  if (permissions.length === 0) return 'none';
  return permissions.map(({ database, access }) => `${database}=${access}`).join(', ');
}

const whoseText = (entry: CertificateEntry, own: string | undefined): string =>
  own !== undefined && isOwn(entry, own) ? ' (you)' : entry.kind === 'server' ? ' (server)' : '';

const versionText = (entry: CertificateEntry): string => (isOpenToVersionOne(entry) ? ' (version 1)' : '');

const membersText = ({ secondaryThumbprints: { length } }: CertificateEntry): string =>
  length === 0 ? '' : ` +${String(length)}`;

/** The columns of a list of certificates. */
export function certificateColumns(
  { threshold, viewer }: Pick<Registered, 'threshold' | 'viewer'>,
  now: number,
): readonly Column<CertificateEntry>[] {
  const state = (entry: CertificateEntry) => certificateState(entry, now, threshold);
  return [
    {
      title: 'NAME',
      text: (entry) => entry.name + membersText(entry) + versionText(entry) + whoseText(entry, viewer?.thumbprint),
      least: 16,
    },
    { title: 'CLEARANCE', text: ({ clearance }) => clearance, dispensable: 1 },
    { title: 'STATE', text: (entry) => stateLabels[state(entry)], style: (entry) => stateStyle(state(entry)) },
    { title: 'EXPIRES', text: ({ notAfter }) => (notAfter === null ? '-' : dateText(notAfter)) },
    { title: 'LEFT', text: (entry) => leftText(entry, now), dispensable: 2 },
    { title: '2FA', text: ({ hasTwoFactor }) => (hasTwoFactor === true ? 'yes' : '-'), dispensable: 4 },
    { title: 'DATABASES', text: databasesText, least: 10, dispensable: 3 },
    { title: 'THUMBPRINT', text: ({ thumbprint }) => thumbprint, least: 11, cutFirst: true },
  ];
}

function leftText(entry: CertificateEntry, now: number): string {
  const left = daysLeft(entry, now);
  return left === null ? '-' : daysLeftText(left);
}

/** RavenDB drops the links of a collection when its entry is edited in any way (contract §7.4); undefined where there are none. */
export function collectionRisk({ name, secondaryThumbprints: { length } }: CertificateEntry): string | undefined {
  if (length === 0) return undefined;
  const others = length === 1 ? 'other certificate' : `${String(length)} other certificates`;
  return `“${name}” is a collection, and RavenDB drops the links to its ${others} when it is edited: they keep their access and can’t be deleted with it.`;
}
