// The settings that scenarios need beside the default ones (e2e/conformance/README.md).
//   node conformance-settings.mjs NAME    prints them as arguments of RavenDB
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const folder = new URL('../conformance/', import.meta.url);
const certificate = (name) => new X509Certificate(readFileSync(new URL(`certs/${name}.pem`, folder)));

/** @type {Readonly<Record<string, () => Record<string, string>>>} */
const settings = {
  default: () => ({}),
  settings: () => ({
    'Security.TwoFactor.DefaultSessionDurationInMin': '15',
    'Security.TwoFactor.MaxSessionDurationInMin': '30',
    'Security.Csrf.TrustedOrigins': 'console.example',
  }),
  'well-known': () => ({
    'Security.WellKnownCertificates.Admin': certificate('wkadmin').fingerprint.replaceAll(':', ''),
    'Security.WellKnownIssuers.Admin': certificate('wkca').raw.toString('base64'),
  }),
};

/** @param {string} config */
export function settingsOf(config) {
  const make = settings[config];
  if (make === undefined) throw new Error(`There is no configuration ${config}.`);
  return make();
}

/** The configurations that the scenarios ask for, the default one first. */
export async function configurations() {
  const files = readdirSync(new URL('scenarios/', folder)).filter((name) => name.endsWith('.mjs'));
  const modules = await Promise.all(files.map((name) => import(new URL(`scenarios/${name}`, folder).href)));
  return [...new Set(['default', ...modules.map(({ config = 'default' }) => config).sort()])];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const [key, value] of Object.entries(settingsOf(process.argv[2] ?? 'default')))
    process.stdout.write(`--${key}=${value}\n`);
