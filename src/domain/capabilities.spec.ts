import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getServerFacts } from '../api/capabilities.ts';
import type { RavenApi } from '../api/client.ts';
import { RavenError } from '../api/errors.ts';
import { atLeast, type Capabilities, capabilitiesOf } from './capabilities.ts';

/** What servers of these versions answered, by path; each was asked as a cluster admin that it had generated. */
const recorded = JSON.parse(
  readFileSync(new URL('../api/recorded/versions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Answers as that version did; `except` by path with a status of its own. */
function serverOf(version: string, except: Readonly<Record<string, number>> = {}): RavenApi {
  return {
    baseUrl: 'https://server',
    fetch: (input) => {
      const { pathname } = new URL(input as string);
      const status = except[pathname] ?? 200;
      const body = status === 200 ? recorded[version]?.[pathname] : { Type: 'InvalidAuth', Message: 'no' };
      return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
    },
  };
}

const names = [
  'twoFactor',
  'disable',
  'singleSignOn',
  'communicationCertificate',
  'expiringThreshold',
  'history',
  'encryptsKeyFile',
] as const;
const had = (capabilities: Capabilities) => names.filter((name) => capabilities[name]);
const expected: readonly [string, readonly (typeof names)[number][]][] = [
  ['5.4.115', ['encryptsKeyFile']],
  ['5.4.207', ['twoFactor', 'encryptsKeyFile']],
  ['6.2.4', ['twoFactor', 'expiringThreshold', 'encryptsKeyFile']],
  ['7.1.5', ['twoFactor', 'communicationCertificate', 'expiringThreshold']],
  ['7.2.2', ['twoFactor', 'disable', 'communicationCertificate', 'expiringThreshold']],
  ['7.2.7', ['twoFactor', 'disable', 'singleSignOn', 'communicationCertificate', 'expiringThreshold']],
];

describe('what a server can do', () => {
  it.each(expected)('%s, by what it says', async (version, capabilities) => {
    expect(had(capabilitiesOf(await getServerFacts(serverOf(version))))).toEqual(capabilities);
  });

  it.each(expected)('%s, by its version where it says nothing', async (version, capabilities) => {
    const silent = serverOf(version, { '/debug/routes': 403, '/certificates/whoami': 204 });
    expect(had(capabilitiesOf(await getServerFacts(silent)))).toEqual(capabilities);
  });

  it('is told by its answers, not by its version', () => {
    const facts = { version: '5.4.115', routes: new Set(['/authentication/2fa/configuration']), disables: true };
    expect(had(capabilitiesOf(facts))).toEqual(['twoFactor', 'disable', 'encryptsKeyFile']);
    const history = new Set(['/admin/certificates/history']);
    expect(had(capabilitiesOf({ version: '7.2.7', routes: history, disables: false }))).toEqual(['history']);
  });

  it.each([
    ['without a second factor that is owed', { '/debug/routes': 428 }],
    ['while it can’t be reached', { '/debug/routes': 502 }],
  ])('isn’t made up %s', async (_, except) => {
    await expect(getServerFacts(serverOf('7.2.7', except))).rejects.toBeInstanceOf(RavenError);
  });
});

it.each([
  ['7.2.7', '7.2.7', true],
  ['7.2', '7.2.0', true],
  ['7.2.10', '7.2.7', true],
  ['10.0.0', '7.2.7', true],
  ['7.2.1', '7.2.2', false],
  ['5.4.115', '5.4.206', false],
  ['7.3.0-nightly', '7.2.5', true],
])('%s at least %s: %s', (version, other, answer) => expect(atLeast(version, other)).toBe(answer));
