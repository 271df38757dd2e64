import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateRoutes, ownCertificateRoutes } from '../certificates/routes.ts';
import { databaseRoutes } from '../databases/database-routes.ts';
import { documentRoutes } from '../databases/document-routes.ts';
import { infoRoutes } from '../info/info-routes.ts';
import { madeCertificate, newKey, setFile, type Key, type Signer } from '../spec-certificates.ts';
import { openHttp2 } from '../spec-http2.ts';
import { keptConnection, startSpecNode, type Identity, type SpecNode } from '../spec-node.ts';
import { twoFactorRoutes } from '../two-factor/routes.ts';
import {
  granted,
  mayUse,
  other,
  routeLevels,
  type Access,
  type RouteLevel,
  type Standing,
} from './spec-route-levels.ts';

/** Somebody, and what the contract lets them in as. */
interface Person {
  readonly standing: Standing;
  readonly access?: Access;
  /** Null: shows no certificate. */
  readonly make: () => Promise<Identity | null>;
}

let spec: SpecNode;
const keys: Record<'operator' | 'over' | 'wellKnown' | 'issuer' | 'gate', Promise<Key>> = {
  operator: newKey(),
  over: newKey(),
  wellKnown: newKey(),
  issuer: newKey(),
  gate: newKey(),
};
const wellKnown = keys.wellKnown.then((key) => madeCertificate({ name: 'well known', key }));
const issuer = keys.issuer.then((key): Signer => ({ name: 'issuer', key }));
const gate = keys.gate.then((key): Signer => ({ name: 'gate', key }));
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const over = { begins: -3, ends: -1 };

async function send(method: string, path: string, body: object): Promise<void> {
  const answer = await spec.ask(method, path, { body: { Permissions: {}, ...body } });
  if (answer.status !== 201) throw new Error(`${method} ${path}: ${answer.text}`);
}
const put = (name: string, file: string, level: string, more: object = {}) =>
  send('PUT', '/admin/certificates', { Name: name, Certificate: file, SecurityClearance: level, ...more });

interface Registered {
  readonly key?: Promise<Key>;
  readonly dates?: { begins: number; ends: number };
  /** More fields of the upload. */
  readonly fields?: object;
}
const registered =
  (level: string, { key = newKey(), dates, fields }: Registered = {}) =>
  async (): Promise<Identity> => {
    const made = await madeCertificate({ name: level, key: await key, ...dates });
    await put(level, made.der, level, fields);
    return made;
  };
const unregistered =
  (key: Promise<Key> = newKey()) =>
  async () =>
    madeCertificate({ name: 'unregistered', key: await key });
const on = (access: Access) => ({ fields: { Permissions: { [granted]: access } } });

const single: Record<string, Person> = {
  'nobody, without a certificate': { standing: 'nobody', make: () => Promise.resolve(null) },
  'a stranger': { standing: 'nobody', make: unregistered() },
  'an admin that has expired': { standing: 'nobody', make: registered('ClusterAdmin', { dates: over }) },
  'an admin that has not begun': {
    standing: 'nobody',
    make: registered('ClusterAdmin', { dates: { begins: 1, ends: 3 } }),
  },
  'an admin that is disabled': { standing: 'nobody', make: registered('ClusterAdmin', { fields: { Disabled: true } }) },
  'an admin that needs a code': {
    standing: 'locked',
    make: registered('ClusterAdmin', { fields: { TwoFactorAuthenticationKey: secret } }),
  },
  'a user without databases': { standing: 'user', make: registered('ValidUser') },
  'a user that reads': { standing: 'user', access: 'Read', make: registered('ValidUser', on('Read')) },
  'a user that writes': { standing: 'user', access: 'ReadWrite', make: registered('ValidUser', on('ReadWrite')) },
  'an admin of a database': { standing: 'user', access: 'Admin', make: registered('ValidUser', on('Admin')) },
  'one registered without a clearance': { standing: 'user', make: registered('UnauthenticatedClients') },
  'an operator': { standing: 'operator', make: registered('Operator', { key: keys.operator }) },
  'a cluster admin': { standing: 'admin', make: registered('ClusterAdmin') },
  'a cluster node': { standing: 'admin', make: registered('ClusterNode') },
  'the server itself': { standing: 'admin', make: () => Promise.resolve(spec.server) },
  "a new certificate with an operator's key": { standing: 'operator', make: unregistered(keys.operator) },
  'a new certificate with the key of one that has expired': {
    standing: 'nobody',
    make: async () => {
      await registered('ClusterAdmin', { key: keys.over, dates: over })();
      return unregistered(keys.over)();
    },
  },
  'a well-known admin': { standing: 'admin', make: () => wellKnown },
  'one of a well-known issuer': {
    standing: 'admin',
    make: async () => madeCertificate({ name: 'issued', key: await newKey(), issuer: await issuer }),
  },
  'a single sign-on server': {
    standing: 'user',
    make: async () => {
      const made = await madeCertificate(await gate);
      await put('gate', made.der, 'ValidUser', { Usage: 'SsoServer' });
      return made;
    },
  },
  'a single sign-on user': {
    standing: 'operator',
    make: async () => {
      await send('PUT', '/admin/certificates/sso/user', {
        ...{ Name: 'jane', SecurityClearance: 'Operator', AllowAnySsoServer: true },
        SsoIdentifiers: [{ Provider: 'Github', Identifier: 'jane' }],
      });
      const identity = '{"username":"jane","provider":"Github"}';
      return madeCertificate({ name: 'jane', key: await newKey(), issuer: await gate, identity });
    },
  },
};

interface Set3 {
  readonly standing: Standing;
  readonly access?: Access;
  readonly level: string;
  readonly permissions?: object;
  /** An edit of one of its members, by its place. */
  readonly edit?: { of: number; change: object };
}

/** Sets of three, each by all of its members: what holds for one holds for all. */
const sets: Record<string, Set3> = {
  'users that read': { standing: 'user', access: 'Read', level: 'ValidUser', permissions: { [granted]: 'Read' } },
  operators: { standing: 'operator', level: 'Operator' },
  admins: { standing: 'admin', level: 'ClusterAdmin' },
  'admins, lowered by the primary': {
    ...{ standing: 'user', level: 'ClusterAdmin' },
    edit: { of: 0, change: { SecurityClearance: 'ValidUser' } },
  },
  'operators, disabled by a secondary': {
    ...{ standing: 'nobody', level: 'Operator' },
    edit: { of: 2, change: { SecurityClearance: 'Operator', Disabled: true } },
  },
  'admins that need a code, by the primary': {
    ...{ standing: 'locked', level: 'ClusterAdmin' },
    edit: { of: 0, change: { SecurityClearance: 'ClusterAdmin', TwoFactorAuthenticationKey: secret } },
  },
  'users that need a code, by a secondary': {
    ...{ standing: 'locked', level: 'ValidUser' },
    edit: { of: 1, change: { SecurityClearance: 'ValidUser', TwoFactorAuthenticationKey: secret } },
  },
};

function setOf(name: string, { standing, access, level, permissions, edit }: Set3): Record<string, Person> {
  let made: Promise<Identity[]> | undefined;
  const all = () =>
    (made ??= (async () => {
      const [one, two, three] = await Promise.all(
        [1, 2, 3].map(async (n) => madeCertificate({ name: `${n}`, key: await newKey() })),
      );
      if (!one || !two || !three) throw new Error('There are three.');
      await put(name, await setFile(one, two, three), level, { Permissions: permissions ?? {} });
      const members = [one, two, three];
      if (edit !== undefined) {
        const { thumbprint } = members[edit.of] ?? one;
        await send('POST', '/admin/certificates/edit', { Thumbprint: thumbprint, Name: name, ...edit.change });
      }
      return members;
    })());
  const person = (n: number): Person => ({
    standing,
    ...(access === undefined ? {} : { access }),
    make: async () => (await all())[n] ?? null,
  });
  return { [`${name}: the primary`]: person(0), [`${name}: one`]: person(1), [`${name}: the other`]: person(2) };
}

const people = Object.entries({
  ...single,
  ...Object.assign({}, ...Object.entries(sets).map(([name, set]) => setOf(`a set of ${name}`, set))),
} as Record<string, Person>); // both are of people

beforeAll(async () => {
  const [admin, { der }] = await Promise.all([
    wellKnown,
    issuer.then((by) => madeCertificate({ ...by, authority: true })),
  ]);
  const settings = {
    'Setup.Mode': 'None',
    'Security.WellKnownCertificates.Admin': admin.thumbprint,
    'Security.WellKnownIssuers.Admin': der,
  };
  spec = await startSpecNode({ settings, licence: 'developer' });
  for (const name of [granted, other]) {
    const body = { DatabaseName: name, Settings: {}, Disabled: false };
    expect((await spec.ask('PUT', `/admin/databases?name=${name}`, { body })).status).toBe(201);
  }
});
afterAll(() => spec.close());

/** As a handler's answer shows the version, a refusal names why: what came of the request's authorization. */
/** @param bodiless of HEAD, whose answers have no body to say why */
function outcome(
  answer: { status: number; headers: Readonly<Record<string, unknown>>; text: string },
  bodiless = false,
): string {
  if (answer.headers['raven-server-version'] !== undefined) return 'passes';
  const invalid = bodiless ? answer.status === 403 : answer.text.includes('"Type":"InvalidAuth"');
  return invalid ? `refused with ${answer.status}` : `answered with ${answer.status}: ${answer.text}`;
}

function expected({ standing, access }: Person, route: RouteLevel): string {
  if (mayUse(standing, access, route)) return 'passes';
  return standing === 'locked' ? 'refused with 428' : 'refused with 403';
}

describe('what each may use of all routes', () => {
  it.each(people)('%s', async (_name, person) => {
    const as = await person.make();
    const wanted = routeLevels.map((route) => `${route.method} ${route.path} ${expected(person, route)}`);
    const http2 = openHttp2(spec.node, as);
    const all = routeLevels.map(async ({ method, path }) => {
      return `${method} ${path} ${outcome(await http2.ask(method, path))}`;
    });
    expect(await Promise.all(all)).toEqual(wanted);
    http2.close();
    const agent = keptConnection(spec.node, as);
    const http1: string[] = [];
    for (const { method, path } of routeLevels)
      http1.push(`${method} ${path} ${outcome(await spec.ask(method, path, { as, agent }))}`);
    agent.destroy();
    expect(http1).toEqual(wanted);
  });
});

it('every route of the server is in the table, or at least shut to those whom nothing is given', async () => {
  const known = new Set(routeLevels.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`));
  const below = documentRoutes.map((route) => ({ ...route, path: `/databases/${other}${route.path}` }));
  const all = [
    ...certificateRoutes,
    ...ownCertificateRoutes,
    ...twoFactorRoutes,
    ...databaseRoutes,
    ...infoRoutes,
    ...below,
  ];
  expect(all.length).toBeGreaterThan(40);
  const added = all.filter(({ method, path }) => !known.has(`${method} ${path}`));
  const user = await registered('ValidUser')();
  for (const { method, path } of added) {
    const bodiless = method === 'HEAD';
    expect(outcome(await spec.ask(method, path, { as: null }), bodiless), `${method} ${path}`).toBe('refused with 403');
    if (path.startsWith('/admin/') || path.startsWith('/databases/'))
      expect(outcome(await spec.ask(method, path, { as: user }), bodiless), `${method} ${path}`).toBe(
        'refused with 403',
      );
  }
});
