import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentCode, generateAuthenticationKey } from '../../pki/totp.ts';
import { Hardenings } from '../hardenings.ts';
import { temporaryFolder } from '../spec-node.ts';
import { Store } from '../store/store.ts';
import { CodeGuard } from './code-guard.ts';
import { sourceOf } from './source.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let guard: CodeGuard;
const key = generateAuthenticationKey();
const minute = 60_000;

beforeEach(() => {
  // The store's flushes go on in real time.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1) });
  folder = temporaryFolder();
  store = new Store(folder.path);
  guard = new CodeGuard(store, new Hardenings(true));
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
  folder.remove();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const wrong = (source: string) => guard.check(key, -1, source);
const right = async (source: string) => (await guard.check(key, Number(currentCode(key, Date.now())), source)).kind;

async function attack(source: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await wrong(source);
}

describe('whoever has the certificate but no code', () => {
  it('waits after five wrong ones, ever longer, and is told until when', async () => {
    await attack('192.0.2.1', 5);
    expect(await wrong('192.0.2.1')).toEqual({ kind: 'wait', until: Date.now() + 30_000 });
    // A right code isn't looked at either.
    expect(await right('192.0.2.1')).toBe('wait');
    pass(30_000);
    expect((await wrong('192.0.2.1')).kind).toBe('wrong');
    expect(await wrong('192.0.2.1')).toEqual({ kind: 'wait', until: Date.now() + 60_000 });
  });

  it('doesn’t keep the owner out, who is elsewhere', async () => {
    await attack('192.0.2.1', 10);
    expect(await right('198.51.100.7')).toBe('right');
  });

  it('has no more than a handful of guesses a day, from however many addresses', async () => {
    let looked = 0;
    const day = 24 * 60;
    for (let at = 0; at < day; at++) {
      for (let i = 0; i < 20; i++) if ((await wrong(`10.${at % 256}.${at >> 8}.${i}`)).kind === 'wrong') looked += 1;
      pass(minute);
    }
    // 25, then one at a time: after half a minute, a minute, …, and four an hour.
    expect(looked).toBeGreaterThan(25);
    expect(looked).toBeLessThan(25 + 10 + 4 * 24);
  });

  it('doesn’t keep the owner out with all these addresses, where the owner gave a right code before', async () => {
    expect(await right('198.51.100.7')).toBe('right');
    pass(minute);
    for (let i = 0; i < 60; i++) await wrong(`10.0.0.${i}`);
    expect(await right('203.0.113.9')).toBe('wait');
    expect(await right('198.51.100.7')).toBe('right');
  });

  it('gains nothing from the owner’s logins', async () => {
    for (let i = 0; i < 30; i++) await wrong(`10.0.0.${i}`);
    pass(20 * minute);
    expect(await right('198.51.100.7')).toBe('right');
    expect((await wrong('10.0.1.1')).kind).toBe('wrong');
    expect((await wrong('10.0.1.2')).kind).toBe('wait');
  });
});

it('an admin ends every wait', async () => {
  await attack('192.0.2.1', 6);
  for (let i = 0; i < 60; i++) await wrong(`10.0.0.${i}`);
  expect(await right('192.0.2.1')).toBe('wait');
  guard.forgive(key.toLowerCase());
  expect(await right('192.0.2.1')).toBe('right');
  guard.forgive(generateAuthenticationKey());
});

it('a day later it is forgotten', async () => {
  await attack('192.0.2.1', 5);
  pass(24 * 60 * minute + 1);
  await attack('192.0.2.1', 4);
  expect(await right('192.0.2.1')).toBe('right');
});

it('as RavenDB it counts nothing', async () => {
  guard = new CodeGuard(store, new Hardenings(false));
  await attack('192.0.2.1', 40);
  expect(await right('192.0.2.1')).toBe('right');
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:DB8:0:0:ffff::', '2001:db8:0:0'],
  ['2001:0db8:00a0:1:2:3:4:5', '2001:db8:a0:1'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('%s counts as %s', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
