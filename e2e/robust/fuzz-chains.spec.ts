import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { peerCertificate } from '../../src/server/auth/peer-certificate.ts';
import { isVouchedBy } from '../../src/server/auth/sso-login.ts';
import { madeCertificate, newKey, type Key, type MadeCertificate } from '../../src/server/spec-certificates.ts';
import { inTime, share } from './made-up.ts';

/** A certificate of a made-up chain; the first is a person's, each later one may vouch for the one before it. */
interface Link {
  /** Whose key signed it: the next one's, the single sign-on server's, or a stranger's in either name. */
  readonly by: 'next' | 'server' | 'stranger as next' | 'stranger as server' | 'server as stranger';
  readonly authority: boolean | undefined;
  readonly pathLength: number | undefined;
  readonly usages: MadeCertificate['usages'] | undefined;
  /** Of now: in force, over, or not begun. */
  readonly dates: 'now' | 'over' | 'ahead';
}

/** Mostly as they should be, so that a chain that holds comes up as often as one that doesn't. */
const link: fc.Arbitrary<Link> = fc.record({
  by: fc.oneof(
    { weight: 6, arbitrary: fc.constant('next' as const) },
    { weight: 3, arbitrary: fc.constant('server' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'stranger as next' as const,
        'stranger as server' as const,
        'server as stranger' as const,
      ),
    },
  ),
  authority: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constantFrom(false, undefined)),
  pathLength: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.integer({ min: 0, max: 3 })),
  usages: fc.constantFrom<Link['usages'][]>(
    undefined,
    ['keyCertSign'],
    ['digitalSignature', 'keyCertSign'],
    ['keyCertSign', 'cRLSign'],
    ['digitalSignature'],
  ),
  dates: fc.oneof(
    { weight: 8, arbitrary: fc.constant('now' as const) },
    fc.constantFrom('over' as const, 'ahead' as const),
  ),
});
const length = 5;

let keys: Key[];
beforeAll(async () => {
  keys = await Promise.all(Array.from({ length: length + 2 }, newKey));
});
const keyAt = (at: number): Key => {
  const key = keys[at];
  if (key === undefined) throw new Error(`There is no key ${at}.`);
  return key;
};
const days = { now: { begins: -1, ends: 1 }, over: { begins: -3, ends: -1 }, ahead: { begins: 1, ends: 3 } };
const server = () => ({ name: 'sign-on', key: keyAt(length) });
const strangersKey = () => keyAt(length + 1);

function issuerOf(by: Link['by'], at: number) {
  const next = { name: `link ${at + 1}`, key: keyAt((at + 1) % length) };
  return {
    next,
    server: server(),
    'stranger as next': { name: next.name, key: strangersKey() },
    'stranger as server': { name: server().name, key: strangersKey() },
    'server as stranger': { name: 'stranger', key: server().key },
  }[by];
}

/** RFC 5280, 6.1, by the plan alone: everything that stands between a person and the server has to be an authority that may stand there. */
function holds(chain: readonly Link[], serversPath: number | undefined): boolean {
  for (const [at, { by, dates }] of chain.entries()) {
    if (dates !== 'now') return false;
    if (at > 0) {
      const { authority, usages, pathLength = Infinity } = chain[at] ?? {};
      // Below it are the person and at - 1 authorities.
      if (authority !== true || usages?.includes('keyCertSign') === false || pathLength < at - 1) return false;
    }
    if (by === 'server') return at <= (serversPath ?? Infinity);
    if (by !== 'next') return false;
  }
  return false;
}

it('chains: a person is vouched for by the rules for authorities alone', async () => {
  let held = 0;
  const input = fc.tuple(
    fc.array(link, { minLength: 1, maxLength: length }),
    fc.constantFrom(undefined, undefined, 0, 1, 2),
  );
  await fc.assert(
    fc.asyncProperty(input, async ([chain, serversPath]) => {
      const made = await Promise.all(
        chain.map(({ authority, pathLength, usages, dates, by }, at) =>
          madeCertificate({
            ...{ name: `link ${at}`, key: keyAt(at), issuer: issuerOf(by, at), ...days[dates] },
            ...(authority === undefined ? {} : { authority }),
            ...(authority === true && pathLength !== undefined ? { pathLength } : {}),
            ...(usages === undefined ? {} : { usages }),
          }),
        ),
      );
      const own = await madeCertificate({
        ...server(),
        ...(serversPath === undefined ? {} : { authority: true, pathLength: serversPath }),
      });
      const [person, ...sent] = made.map(({ der }) => Buffer.from(der, 'base64'));
      if (person === undefined) throw new Error('There is one at least.');
      const peer = peerCertificate(
        person,
        sent.map((der) => new X509Certificate(der)),
      );
      const trusted = new X509Certificate(Buffer.from(own.der, 'base64'));
      const expected = holds(chain, serversPath);
      if (expected) held++;
      await inTime(() => {
        expect(isVouchedBy(peer, trusted, Date.now())).toBe(expected);
        return Promise.resolve();
      });
    }),
    share(0.02),
  );
  expect(held).toBeGreaterThan(0);
});
