/** A key of RavenDB's configuration that this node honours; defaults as RavenDB's own (text, null = none). */
export interface SettingKey {
  readonly key: string;
  readonly category: 'Core' | 'Security';
  readonly type: 'String' | 'Boolean' | 'Integer' | 'Enum' | 'Path';
  readonly default: string | null;
  readonly description: string;
  /** Its value isn't shown. */
  readonly secret?: true;
}

const core = (key: string, type: SettingKey['type'], value: string | null, description: string): SettingKey => ({
  key,
  category: 'Core',
  type,
  default: value,
  description,
});
const security = (key: string, type: SettingKey['type'], value: string | null, description: string): SettingKey => ({
  key: `Security.${key}`,
  category: 'Security',
  type,
  default: value,
  description,
});

export const settingKeys: readonly SettingKey[] = [
  core('ServerUrl', 'String', 'https://localhost:8443', 'The URL that the server listens at'),
  core('PublicServerUrl', 'String', null, 'The URL that clients reach the server at'),
  core('DataDir', 'Path', null, 'The folder of everything that the server keeps'),
  core('Setup.Mode', 'Enum', 'None', 'How the server was set up: None, Initial, LetsEncrypt, Secured or Unsecured'),
  security('Certificate.Path', 'Path', null, 'The PFX file of the server certificate'),
  { ...security('Certificate.Password', 'String', null, 'The password of the PFX file'), secret: true },
  security(
    'Certificate.ExpiringThresholdInDays',
    'Integer',
    '14',
    'Days before its end that a certificate counts as about to expire',
  ),
  security(
    'Certificate.Validation.KeyUsages',
    'Boolean',
    'True',
    'Whether the key usages of a server certificate are checked',
  ),
  security(
    'WellKnownCertificates.Admin',
    'String',
    null,
    'Thumbprints of cluster admins that need no registration, with ; between them',
  ),
  security(
    'WellKnownIssuers.Admin',
    'String',
    null,
    'Issuers (base64 or files, with ; between them) whose certificates are cluster admins',
  ),
  security(
    'WellKnownIssuers.Admin.ValidateCertificateNames',
    'Boolean',
    'False',
    'Whether certificates of well-known issuers must name this host',
  ),
  security(
    'TwoFactor.DefaultSessionDurationInMin',
    'Integer',
    '120',
    'Minutes of a two-factor session when the login names none',
  ),
  security(
    'TwoFactor.MaxSessionDurationInMin',
    'Integer',
    '1440',
    'The most minutes that a two-factor session may last',
  ),
  security('Csrf.Enabled', 'Boolean', 'True', 'Whether requests of other origins are refused'),
  security('Csrf.TrustedOrigins', 'String', null, 'Hosts whose origins are let through, with ; between them'),
  security(
    'Csrf.AdditionalOriginHeaders',
    'String',
    null,
    'Headers whose values are let through as origins, with ; between them',
  ),
];

/** Keys that make RavenDB refuse to start; the value says what to use now. */
export const obsoleteKeys: Readonly<Record<string, string>> = {
  'Security.Certificate.Exec': 'Security.Certificate.Path',
  'Security.Certificate.Exec.Arguments': 'Security.Certificate.Path',
  'Security.WellKnownIssuerHashes.Admin': 'Security.WellKnownIssuers.Admin',
};
