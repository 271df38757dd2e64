export const about = 'Properties of another type, and every way to write a clearance, an access level, a date.';
const base = { Name: '"x"', Certificate: '"{{cert.alice.der}}"', SecurityClearance: '"ValidUser"', Permissions: '{}' };
const stored = { path: '/admin/certificates?metadataOnly=true&thumbprint={{cert.alice.thumbprint}}' };
const go = (property, values) => values.flatMap((v) => [
  { name: `${property} ${v}`, method: 'PUT', path: '/admin/certificates', text: `{${Object.entries({ ...base, [property]: v }).map(([k, x]) => `"${k}":${x}`).join(',')}}` },
  { name: `stored after ${property} ${v}`, ...stored }]);
export default [
  ...go('SecurityClearance', ['99', '-1', '1.5', 'true', '[]', '{}', '"99"', '"-1"', '"Operator, ValidUser"', '"Operator,ClusterAdmin"', '" Operator "', '""', '" "', '"3 "', '"1.0"', '9999999999', '"9999999999"', '"+3"', '3e0']),
  ...go('Usage', ['0', '2', '99', '"99"', '"Client, SsoServer"', '"client"', 'null', '""', '" Client "', '"2"', '1.5', 'true']),
  ...go('Permissions', ['{"a":"Admin, Read"}', '{"a":"7"}', '{"a":" admin "}', '{"a":""}', '{"a":" "}', '{"a":true}', '{"a":[]}', '{"a":{}}', '{"a":1.5}', '{"a":"-1"}', '{"a":"+1"}', '{"a":"9999999999"}', 'true', '5', '1.5', '""',
    '{"a":"Admin","a":"Read"}', '{"a":"Admin","a":null}', '{"A":"Admin","a":5}', '{"a":"3"}', '{"a":"1, 2"}', '{"a":"Admin","b" "Read"}', '{"a","Admin"}', '{"a" "Admin"}', '{"a","Admin","b","Read",}', '{"__proto__":"Admin","10":"Admin","9":"Admin"}']),
  ...go('NotAfter', ['"2040-01-01T00:00"', '"2040-01-01T00:00:00"', '"2040-01-01T00:00:00Z"', '"2040-01-01T00:00:00.1"', '"2040-01-01T00:00:00.12"', '"2040-01-01T00:00:00.123Z"', '"2040-01-01T00:00:00.123456"', '"2040-01-01T00:00:00.1234567Z"', '"2040-01-01T00:00:00+01:00"',
    '"2040-01-01T00:00:00.000+01:00"', '"2040-01-01 00:00:00"', '"2040-13-01T00:00:00"', '"2040-02-30T00:00:00"', '"2040-01-01T24:00:00"', '"2040-01-01t00:00:00"', '"2040-01-01T00:00:00z"', '5', 'true', '[]', '""', '"01/02/2040"', '"2040-01-01T00:00Z"', '"2040-01-01T00:00:00.12345678Z"',
    '"0001-01-01T00:00:00"', '"9999-12-31T23:59:59.9999999Z"', '"10000-01-01T00:00:00"']),
  ...go('Disabled', ['true', '"TRUE"', '1', '0', '"1"', '"x"', 'null', '""', '[]', '1.5']),
  ...go('Name', ['5', '[]', '{}', '1.5', '" a "', '"\\u0000"', '"é\\uD83D\\uDE00"']), ...go('Certificate', ['5', '[]', '{}', '" "']), ...go('Password', ['5', '[]']), ...go('TwoFactorAuthenticationKey', ['5', '[]', '""', '" "']),
  ...go('SsoIdentifiers', ['5', '"x"', '["x"]', '[5]', '[null]', '[[]]', '[true]', '{}', '[{}]']), ...go('SsoServerPublicKeyPinningHashes', ['5', '"x"', '["x"]', '{}']), ...go('AllowAnySsoServer', ['"x"', '5']), ...go('NotBefore', ['"x"', '5']), ...go('CollectionSecondaryKeys', ['"x"', '5', '[5]']),
  ...go('CollectionPrimaryKey', ['5', '[]']), ...go('Thumbprint', ['5', '[]']), ...go('PublicKeyPinningHash', ['5', '{}']),
];
