import { createHash } from 'node:crypto';
import { generateAuthenticationKey } from '../../pki/totp.ts';
import { thumbprintOf } from '../auth/peer-certificate.ts';
import { access, blankDefinition, clearance, type Definition } from '../certificates/definition.ts';
import type { ServerNode } from '../server-node.ts';
import { quickCertificate } from './quick-certificate.ts';

const day = 86_400_000;
/** Certificates of one transaction. */
const batch = 500;

const databaseNames = [
  'Orders',
  'Customers',
  'Billing',
  'Inventory',
  'Shipping',
  'Catalogue',
  'Payments',
  'Reporting',
  'Audit',
  'Sessions',
  'Identity',
  'Notifications',
  'Search',
  'Analytics',
  'Archive-2024',
  'Archive-2025',
  'Warehouse.North',
  'Warehouse.South',
  'Telemetry',
  'Configuration',
];
const services = [
  'orders',
  'billing',
  'checkout',
  'inventory',
  'shipping',
  'catalogue',
  'payments',
  'reporting',
  'audit',
  'identity',
  'notifications',
  'search',
  'analytics',
  'pricing',
  'returns',
  'invoicing',
  'warehouse',
  'telemetry',
  'webshop',
  'backoffice',
];
const roles = [
  'api',
  'worker',
  'importer',
  'exporter',
  'scheduler',
  'gateway',
  'replica',
  'migration',
  'monitor',
  'etl',
];
const places = ['production', 'staging', 'eu-west', 'eu-north', 'us-east', 'integration'];
const operations = ['backup', 'deploy', 'on-call', 'observability', 'release', 'support', 'platform', 'dba'];

/** Numbers between 0 and 1 that are the same every time, so that two example nodes look alike (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Fills an empty node with varied example certificates and 20 databases: clearances, access, ends past and near, disabled ones, second
 * factors, sets, last use. A node that holds anything beside its first admin is left alone.
 */
export async function addSample(node: ServerNode, count: number): Promise<void> {
  if (node.certificates.size > 1 || node.databases.all().length > 0) {
    node.log('The data folder is not empty: no example certificates were added.');
    return;
  }
  await node.store.write((transaction) => {
    node.cluster.ensureActive(transaction);
    for (const name of databaseNames) node.databases.create(transaction, name, node.cluster.next(transaction), false);
  });
  const random = numbers(7_2_7);
  for (let made = 0; made < count; ) {
    const set = Math.min(batch, count - made);
    await node.store.write((transaction) => {
      for (let left = set; left > 0; ) {
        const members = left > 3 && random() < 0.02 ? 2 + Math.floor(random() * 2) : 1;
        for (const { definition, der } of exampleSet(random, members)) {
          node.certificates.put(transaction, definition, der);
          if (random() < 0.75)
            node.statistics.set(definition.thumbprint, Date.now() - Math.floor(random() ** 3 * 120 * day));
        }
        left -= members;
      }
    });
    made += set;
    // Others may have something to do meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Example {
  readonly definition: Definition;
  readonly der: Buffer;
}

function exampleSet(random: () => number, members: number): Example[] {
  const pick = <T>(list: readonly T[], fallback: T): T => list[Math.floor(random() * list.length)] ?? fallback;
  const level = exampleClearance(random());
  const name =
    level === clearance.validUser || level === clearance.unauthenticated
      ? `${pick(services, '')}-${pick(roles, '')}-${pick(places, '')}${random() < 0.6 ? `-${1 + Math.floor(random() * 40)}` : ''}`
      : `${pick(operations, '')}-${pick(places, '')}${random() < 0.5 ? `-${1 + Math.floor(random() * 20)}` : ''}`;
  const databases = new Map<string, number>();
  const wanted = level === clearance.validUser ? Math.floor(random() ** 2 * 8) + (random() < 0.9 ? 1 : 0) : 0;
  for (let i = 0; i < wanted; i++) databases.set(pick(databaseNames, ''), exampleAccess(random()));
  const shared = {
    ...blankDefinition,
    name,
    clearance: level,
    permissions: [...databases],
    disabled: level !== clearance.clusterNode && random() < 0.03,
    ...(random() < 0.1 ? { twoFactorKey: generateAuthenticationKey() } : {}),
  };
  const made = Array.from({ length: members }, () => exampleCertificate(random, name));
  const [primary, ...others] = made.map(({ thumbprint }) => thumbprint);
  return made.map(({ der, ...facts }, index) => ({
    der,
    definition: {
      ...shared,
      ...facts,
      secondaries: index === 0 ? others : [],
      primary: index === 0 ? '' : (primary ?? ''),
    },
  }));
}

function exampleClearance(chance: number): number {
  if (chance < 0.06) return clearance.clusterAdmin;
  if (chance < 0.065) return clearance.clusterNode;
  if (chance < 0.18) return clearance.operator;
  return chance < 0.19 ? clearance.unauthenticated : clearance.validUser;
}

function exampleAccess(chance: number): number {
  if (chance < 0.55) return access.readWrite;
  return chance < 0.85 ? access.read : access.admin;
}

function exampleCertificate(random: () => number, name: string) {
  const today = Math.floor(Date.now() / day) * day;
  const chance = random();
  // Some have ended, some end within two weeks or a month, the rest within five years.
  const days =
    chance < 0.05
      ? -1 - Math.floor(random() * 300)
      : chance < 0.08
        ? 1 + Math.floor(random() * 13)
        : chance < 0.12
          ? 15 + Math.floor(random() * 15)
          : 31 + Math.floor(random() * 1790);
  const notAfter = today + days * day;
  const notBefore = Math.min(notAfter - 365 * day, today - Math.floor(random() * 700) * day);
  const der = quickCertificate(name, notBefore, notAfter);
  return { der, thumbprint: thumbprintOf(der), pinningHash: pinningHashOfQuick(der), notBefore, notAfter };
}

/** The subject public key info of a P-256 key has 91 bytes and begins in the same way always; looking for it is faster than parsing. */
function pinningHashOfQuick(der: Buffer): string {
  const start = der.indexOf(Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107', 'hex'));
  return createHash('sha256')
    .update(der.subarray(start, start + 91))
    .digest('base64');
}
