import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StartError } from '../start-error.ts';
import { obsoleteKeys, settingKeys, type SettingKey } from './setting-keys.ts';

const setupModes = ['None', 'Initial', 'LetsEncrypt', 'Secured', 'Unsecured'];

/** The settings of RavenDB's configuration that this node honours, parsed once. Keys are compared in any case, as RavenDB does. */
export class Settings {
  readonly #values = new Map<string, string>();
  /** Keys that were given and aren't honoured. */
  readonly unknownKeys: readonly string[];
  readonly publicServerUrl: string | undefined;
  /** As given; undefined when the node decides itself. */
  readonly setupMode: string | undefined;
  readonly certificatePath: string | undefined;
  readonly certificatePassword: string;
  readonly expiringThresholdDays: number;
  readonly validateKeyUsages: boolean;
  /** As given, or null when the key is absent. */
  readonly wellKnownAdmins: readonly string[] | null;
  readonly wellKnownIssuers: readonly X509Certificate[];
  readonly validateWellKnownNames: boolean;
  readonly twoFactorDefaultMinutes: number;
  readonly twoFactorMaximumMinutes: number;
  readonly csrfEnabled: boolean;
  /** Host names in lower case. */
  readonly trustedOrigins: readonly string[];
  readonly additionalOriginHeaders: readonly string[];

  /** @throws StartError for a value that can't be used and for keys that RavenDB doesn't start with any more */
  constructor(given: Readonly<Record<string, string>>) {
    const keys = new Map(settingKeys.map((setting) => [setting.key.toLowerCase(), setting]));
    const unknown: string[] = [];
    for (const [key, value] of Object.entries(given)) {
      const obsolete = Object.keys(obsoleteKeys).find((old) => old.toLowerCase() === key.toLowerCase());
      if (obsolete !== undefined)
        throw new StartError(
          `The setting ${obsolete} is obsolete: use ${obsoleteKeys[obsolete] ?? 'another'} instead.`,
        );
      if (!keys.has(key.toLowerCase())) unknown.push(key);
      else if (value.trim() !== '') this.#values.set(key.toLowerCase(), value);
    }
    this.unknownKeys = unknown;
    this.publicServerUrl = this.#url('PublicServerUrl');
    this.setupMode = this.#setupMode();
    this.certificatePath = this.value('Security.Certificate.Path');
    this.certificatePassword = this.value('Security.Certificate.Password') ?? '';
    this.expiringThresholdDays = this.#integer('Security.Certificate.ExpiringThresholdInDays');
    this.validateKeyUsages = this.#boolean('Security.Certificate.Validation.KeyUsages');
    this.wellKnownAdmins = this.#list('Security.WellKnownCertificates.Admin');
    this.wellKnownIssuers = (this.#list('Security.WellKnownIssuers.Admin') ?? []).map(readIssuer);
    this.validateWellKnownNames = this.#boolean('Security.WellKnownIssuers.Admin.ValidateCertificateNames');
    this.twoFactorDefaultMinutes = this.#integer('Security.TwoFactor.DefaultSessionDurationInMin');
    this.twoFactorMaximumMinutes = this.#integer('Security.TwoFactor.MaxSessionDurationInMin');
    this.csrfEnabled = this.#boolean('Security.Csrf.Enabled');
    this.trustedOrigins = (this.#list('Security.Csrf.TrustedOrigins') ?? []).map(hostOf);
    this.additionalOriginHeaders = (this.#list('Security.Csrf.AdditionalOriginHeaders') ?? []).map((h) =>
      h.toLowerCase(),
    );
  }

  /** The value that was given for a key, or undefined. */
  value(key: string): string | undefined {
    return this.#values.get(key.toLowerCase());
  }

  isWellKnownAdmin(thumbprint: string): boolean {
    return this.wellKnownAdmins?.some((known) => known.toUpperCase() === thumbprint.toUpperCase()) ?? false;
  }

  /** What `GET /admin/configuration/settings` answers: the keys that are honoured, with what was given for them. */
  describe() {
    return {
      Settings: settingKeys.map(({ key, category, type, default: value, description, secret }) => {
        const given = secret === true ? undefined : this.value(key);
        return {
          Metadata: {
            Category: category,
            Keys: [key],
            Scope: 'ServerWideOnly',
            DefaultValue: value,
            IsDefaultValueDynamic: false,
            Description: description,
            Type: type,
            IsSecured: secret === true,
          },
          ServerValues:
            given === undefined ? {} : { [key]: { Value: given, HasValue: true, HasAccess: true, PendingValue: null } },
        };
      }),
    };
  }

  #effective(key: string): string {
    return this.value(key) ?? settingOf(key).default ?? '';
  }

  #boolean(key: string): boolean {
    const word = this.#effective(key).trim().toLowerCase();
    if (word !== 'true' && word !== 'false') throw new StartError(`The setting ${key} must be true or false.`);
    return word === 'true';
  }

  #integer(key: string): number {
    const text = this.#effective(key).trim();
    const number = Number(text);
    if (!/^\d{1,9}$/.test(text)) throw new StartError(`The setting ${key} must be a whole number, not ${text}.`);
    return number;
  }

  #list(key: string): string[] | null {
    const value = this.value(key);
    if (value === undefined) return null;
    return value
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  #url(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (!URL.canParse(value) || new URL(value).protocol !== 'https:')
      throw new StartError(`The setting ${key} must be an https URL, not ${value}.`);
    return new URL(value).origin;
  }

  #setupMode(): string | undefined {
    const value = this.value('Setup.Mode');
    if (value === undefined) return undefined;
    const mode = setupModes.find((known) => known.toLowerCase() === value.toLowerCase());
    if (mode === undefined) throw new StartError(`The setting Setup.Mode must be one of ${setupModes.join(', ')}.`);
    return mode;
  }
}

function settingOf(key: string): SettingKey {
  const setting = settingKeys.find((known) => known.key === key);
  if (setting === undefined) throw new Error(`There is no setting ${key}.`);
  return setting;
}

/** An origin may be given as a URL or as a host. */
function hostOf(origin: string): string {
  if (URL.canParse(origin) && origin.includes('://')) return new URL(origin).hostname.toLowerCase();
  return origin.replace(/:\d+$/, '').toLowerCase();
}

/** Base64 of DER or PEM, or a file with either. A private key in it is refused, as by RavenDB: it has no business there. */
function readIssuer(text: string): X509Certificate {
  const key = 'Security.WellKnownIssuers.Admin';
  let bytes = Buffer.from(text, 'base64');
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text) || bytes.length < 64) {
    try {
      bytes = readFileSync(text);
    } catch {
      throw new StartError(
        `The setting ${key} names ${text.slice(0, 80)}, which can't be read and isn't base64 either.`,
      );
    }
  }
  if (bytes.includes('PRIVATE KEY'))
    throw new StartError(`The setting ${key} holds a private key; give the certificate of the issuer alone.`);
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new StartError(`The setting ${key} holds something that isn't a certificate.`);
  }
}
