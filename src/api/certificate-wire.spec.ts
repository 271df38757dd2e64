import { expect, test } from 'vitest';
import { parseCertificate, parseCertificateList, parseWhoAmI, permissionsToWire } from './certificate-wire.ts';

const wire = {
  Name: 'orders-service',
  Thumbprint: '05576326B5A2EC2CC59B4CDBFE51243ADC56187B',
  SecurityClearance: 'ValidUser',
  Permissions: { Orders: 'ReadWrite', Archive: 'Read' },
  NotAfter: '2031-11-20T00:00:00.0000000',
  NotBefore: '2026-11-13T00:00:00.0000000',
  CollectionSecondaryKeys: ['AA'],
  CollectionPrimaryKey: '',
  PublicKeyPinningHash: 'FXoY7RVRnzcM8+m9ofo7IM5FnZp5SeDxHUOL74uzr+g=',
  Disabled: false,
  Usage: 'Client',
  SsoServerPublicKeyPinningHashes: [],
  AllowAnySsoServer: false,
  SsoIdentifiers: [],
  HasTwoFactor: true,
};

test('an entry of the list becomes a certificate', () => {
  expect(parseCertificate(wire)).toEqual({
    name: 'orders-service',
    thumbprint: '05576326B5A2EC2CC59B4CDBFE51243ADC56187B',
    clearance: 'ValidUser',
    permissions: [
      { database: 'Archive', access: 'Read' },
      { database: 'Orders', access: 'ReadWrite' },
    ],
    notAfter: Date.UTC(2031, 10, 20),
    notBefore: Date.UTC(2026, 10, 13),
    unreadable: false,
    secondaryThumbprints: ['AA'],
    primaryThumbprint: null,
    pinningHash: 'FXoY7RVRnzcM8+m9ofo7IM5FnZp5SeDxHUOL74uzr+g=',
    disabled: false,
    usage: 'Client',
    ssoIdentifiers: [],
    ssoServerPinningHashes: [],
    allowAnySsoServer: false,
    hasTwoFactor: true,
    certificateDer: null,
  });
});

test('what an older version leaves out gets its empty value', () => {
  const { Disabled: _d, Usage: _u, SsoIdentifiers: _s, HasTwoFactor: _h, NotBefore: _n, ...old } = wire;
  expect(parseCertificate(old)).toMatchObject({
    disabled: null,
    usage: null,
    ssoIdentifiers: [],
    hasTwoFactor: null,
    notBefore: null,
  });
});

test.each([null, undefined, 'Bad time value', '2036-01-01T00:00:60.0000000', 7])(
  'a certificate whose end is %s is unreadable, and hides no other',
  (NotAfter) => {
    const { certificates } = parseCertificateList({ Results: [{ ...wire, NotAfter }, wire] });
    expect(certificates.map(({ unreadable, notAfter }) => [unreadable, notAfter])).toEqual([
      [true, null],
      [false, Date.UTC(2031, 10, 20)],
    ]);
  },
);

test('what has no end by its nature isn’t unreadable', () => {
  expect(parseCertificate({ ...wire, NotAfter: null, Usage: 'SsoClient' }).unreadable).toBe(false);
  expect(parseWhoAmI({ ...wire, NotAfter: null })?.unreadable).toBe(false);
});

test('numbers out of range, which RavenDB stores and lists, are unknown and not dropped', () => {
  const odd = parseCertificate({ ...wire, SecurityClearance: '99', Permissions: { db: '77' } });
  expect(odd.clearance).toBe('Unknown');
  expect(odd.permissions).toEqual([{ database: 'db', access: 'Unknown' }]);
});

test('a database may be called __proto__, both ways', () => {
  const parsed = parseCertificate({ ...wire, Permissions: JSON.parse('{"__proto__":"Admin"}') as unknown });
  expect(parsed.permissions).toEqual([{ database: '__proto__', access: 'Admin' }]);
  expect(JSON.stringify(permissionsToWire(parsed.permissions))).toBe('{"__proto__":"Admin"}');
});

test('an entry without a thumbprint is refused', () => {
  expect(() => parseCertificate({ ...wire, Thumbprint: null })).toThrow(TypeError);
});

test('the list says which certificate is the server’s own', () => {
  expect(
    parseCertificateList({ Results: [wire], LoadedServerCert: 'AB', WellKnownAdminCerts: null, WellKnownIssuers: [] }),
  ).toMatchObject({
    loadedServerThumbprint: 'AB',
    loadedServerThumbprintForCommunication: null,
    wellKnownAdmins: [],
    wellKnownIssuers: [],
  });
});

test('an empty whoami means that the server doesn’t know the certificate', () => {
  expect(parseWhoAmI(undefined)).toBeNull();
  expect(parseWhoAmI({ ...wire, TwoFactorExpirationDate: '2026-11-20T14:00:00.0000000Z' })?.twoFactorSessionEnd).toBe(
    Date.UTC(2026, 10, 20, 14),
  );
});
