import { parseArgs } from 'node:util';

/**
 * The options of `npm start`, in plain Node so that they can be read before anything is installed.
 *
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {[string, ...string[]]} [urls] `https://host:port` of RavenDB nodes of one cluster; left out: the embedded node
 * @property {string} [pfx]
 * @property {string} [cert]
 * @property {string} [key]
 * @property {string} [passphraseFile]
 * @property {string} [ca]
 * @property {string} [dataDir] left out: the platform's folder for application data
 * @property {string} [serverUrl]
 * @property {string} [settings]
 * @property {'developer' | 'none'} licence
 * @property {number} [sample]
 * @property {string} [studio]
 * @property {boolean} asRavenDb
 * @property {{ host: string, port: number }} listen
 * @property {string} [publicUrl] where browsers reach the console, `https://host`; left out: where it listens
 * @property {boolean} open
 * @property {number} [idleTimeout] milliseconds until who does nothing is signed out; left out: 8 hours
 */

/**
 * @typedef {object} OptionDescription
 * @property {string} name
 * @property {string} [value] what stands for the value in the help; left out: a flag
 * @property {boolean} [many] may be given more than once; its environment variable separates by commas
 * @property {string} help
 * @property {'server' | 'embedded' | 'both'} part
 */

/** @type {readonly OptionDescription[]} */
export const optionDescriptions = [
  {
    name: 'url',
    value: 'URL',
    many: true,
    help: 'address of the RavenDB server, https://host:port; given again: other nodes of its cluster, for when one is away',
    part: 'server',
  },
  { name: 'pfx', value: 'FILE', help: 'your certificate and its key (PKCS#12)', part: 'server' },
  { name: 'cert', value: 'FILE', help: 'your certificate as PEM, instead of --pfx', part: 'server' },
  { name: 'key', value: 'FILE', help: 'its private key, when it isn’t in the same file', part: 'server' },
  {
    name: 'passphrase-file',
    value: 'FILE',
    help: 'passphrase of that file, on its first line; - is standard input (default: asks)',
    part: 'server',
  },
  {
    name: 'ca',
    value: 'FILE',
    help: 'authority that vouches for the server, as PEM (beside the system’s)',
    part: 'server',
  },
  {
    name: 'server-url',
    value: 'URL',
    help: 'where the embedded node listens (default https://localhost:8443; port 0 picks a free one)',
    part: 'embedded',
  },
  { name: 'settings', value: 'FILE', help: 'settings.json in RavenDB’s own format', part: 'embedded' },
  { name: 'licence', value: 'KIND', help: 'developer or none (default developer)', part: 'embedded' },
  {
    name: 'sample',
    value: 'N',
    help: 'fills an empty node with N example certificates and 20 databases',
    part: 'embedded',
  },
  {
    name: 'studio',
    value: 'PATH',
    help: 'serves your copy of RavenDB Studio at /studio/: Raven.Studio.zip of a RavenDB server, or its unpacked folder',
    part: 'embedded',
  },
  { name: 'as-ravendb', help: 'starts exactly as a fresh unlicensed RavenDB 7.2.7', part: 'embedded' },
  {
    name: 'data-dir',
    value: 'DIR',
    help: 'where the node keeps its data and the file “env” is written (default: the system’s folder for application data)',
    part: 'both',
  },
  {
    name: 'listen',
    value: 'ADDRESS',
    help: 'where the console listens (default 127.0.0.1:4280; port 0 picks a free one); beyond this machine only with --public-url',
    part: 'both',
  },
  {
    name: 'public-url',
    value: 'URL',
    help: 'where browsers reach the console through a proxy with TLS, https://host; the only address it answers then',
    part: 'both',
  },
  { name: 'open', help: 'opens the console in the browser', part: 'both' },
  {
    name: 'idle-timeout',
    value: 'TIME',
    help: 'signs a browser out when nothing was done in it for this long, such as 30m, 8h or 2d (default 8h)',
    part: 'both',
  },
];

/** What is wrong with the options, in one sentence. */
export class OptionError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'OptionError';
  }
}

/** @param {string} name such as `data-dir` */
export const environmentName = (name) => `RAVEN_CERTIFICATES_${name.toUpperCase().replaceAll('-', '_')}`;

const listOfOptions = '“npm start -- --help” lists all options.';

/** @param {string[]} argv */
function readCommandLine(argv) {
  const known = Object.fromEntries(
    optionDescriptions.map(({ name, value, many = false }) => [
      name,
      { type: /** @type {'string' | 'boolean'} */ (value === undefined ? 'boolean' : 'string'), multiple: many },
    ]),
  );
  try {
    return parseArgs({
      args: argv,
      options: { ...known, help: { type: 'boolean', short: 'h' } },
      allowPositionals: false,
    }).values;
  } catch (error) {
    const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
    const option = /'(-[^' ,]*)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw new OptionError(`There is no option ${option}; ${listOfOptions}`);
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
      throw new OptionError(
        `“${/'([^']*)'/.exec(message)?.[1] ?? ''}” belongs to no option; behind “npm start” options stand after “--”.`,
      );
    const long = /--[\w-]+/.exec(message)?.[0] ?? option;
    throw new OptionError(
      optionDescriptions.find(({ name }) => `--${name}` === long)?.value === undefined
        ? `${long} takes no value.`
        : `${long} needs a value.`,
    );
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
function readFlag(name, text) {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new OptionError(`${environmentName(name)} must be true or false, not “${text}”.`);
}

/**
 * @param {string} text
 * @returns {{ host: string, port: number }}
 */
function readAddress(text) {
  const match = /^(?:(\[[\da-f:]+\]|[^\s:[\]]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) throw new OptionError(`--listen takes host:port, not “${text}”.`);
  return { host: (match[1] ?? '127.0.0.1').replace(/^\[|\]$/g, '').toLowerCase(), port };
}

/**
 * @param {string} option
 * @param {string} text
 */
function readUrl(option, text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new OptionError(`--${option} takes an address as https://host:port, not “${text}”.`);
  return url.origin;
}

/**
 * @param {string} text addresses with commas between them
 * @returns {[string, ...string[]]}
 */
function readUrls(text) {
  const [first = '', ...more] = text.split(',').map((one) => one.trim());
  return [readUrl('url', first), ...more.map((one) => readUrl('url', one))];
}

/** @param {string} text */
function readSample(text) {
  if (!/^\d{1,6}$/.test(text)) throw new OptionError(`--sample takes a number up to 999999, not “${text}”.`);
  return Number(text);
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A month: what lasts longer is no limit any more. */
const maxIdle = 31 * units.d;

/**
 * @param {string} text
 * @returns {number} milliseconds
 */
function readIdleTimeout(text) {
  const match = /^(\d{1,5})([mhd])$/i.exec(text);
  const unit = /** @type {keyof typeof units} */ ((match?.[2] ?? 'm').toLowerCase());
  const time = Number(match?.[1]) * units[unit];
  if (match === null || time < units.m || time > maxIdle)
    throw new OptionError(`--idle-timeout takes a time from 1m to 31d, such as 30m, 8h or 2d, not “${text}”.`);
  return time;
}

/** @param {string} text */
function readLicence(text) {
  if (text !== 'developer' && text !== 'none') throw new OptionError(`--licence is developer or none, not “${text}”.`);
  return text;
}

/**
 * What was given, by the option's name; the command line wins over the environment, in which an empty value counts as none. What the
 * environment says about the part that isn't started (other commands read the same variables) is left out.
 * @param {string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {{ help: boolean, typed: Set<string>, texts: Map<string, string>, flags: Set<string> }}
 */
function collect(argv, env) {
  const given = readCommandLine(argv);
  const typed = new Set(Object.keys(given).filter((name) => name !== 'help'));
  /** @param {string} name */
  const inherited = (name) => env[environmentName(name)] || undefined;
  const otherPart = typed.has('url') || inherited('url') !== undefined ? 'embedded' : 'server';
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @type {Set<string>} */
  const flags = new Set();
  for (const { name, value, part } of optionDescriptions) {
    const own = given[name];
    const replaced = (name === 'pfx' && typed.has('cert')) || (/^(cert|key)$/.test(name) && typed.has('pfx'));
    const fallback = part === otherPart || replaced ? undefined : inherited(name);
    if (value === undefined) {
      if (own === true || (own === undefined && fallback !== undefined && readFlag(name, fallback))) flags.add(name);
    } else if ([own].flat().includes('')) throw new OptionError(`--${name} needs a value.`);
    else if (Array.isArray(own)) texts.set(name, own.join(','));
    else if (typeof own === 'string') texts.set(name, own);
    else if (fallback !== undefined) texts.set(name, fallback);
  }
  return { help: given.help === true, typed, texts, flags };
}

/**
 * Reads command line and environment.
 * @param {string[]} argv what stands behind the command
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {StartOptions}
 * @throws {OptionError}
 */
export function parseStartOptions(argv, env) {
  const { help, typed, texts, flags } = collect(argv, env);
  const url = texts.get('url');
  const asRavenDb = flags.has('as-ravendb');
  if (!help) {
    const foreign = url === undefined ? 'server' : 'embedded';
    for (const { name, part } of optionDescriptions)
      if (part === foreign && typed.has(name))
        throw new OptionError(
          url === undefined
            ? `--${name} goes with a server named by --url.`
            : `--${name} is for the embedded node and doesn’t go with --url.`,
        );
    if (texts.has('pfx') && texts.has('cert')) throw new OptionError('Give --pfx or --cert, not both.');
    if (texts.has('key') && !texts.has('cert')) throw new OptionError('--key goes with --cert.');
    if (url !== undefined && !texts.has('pfx') && !texts.has('cert'))
      throw new OptionError('--url needs your certificate: --pfx FILE, or --cert FILE and --key FILE.');
    if (asRavenDb && texts.has('sample'))
      throw new OptionError('--as-ravendb starts empty: it doesn’t go with --sample.');
  }
  /** @param {string} name @param {string} property */
  const text = (name, property = name) => (texts.has(name) ? { [property]: texts.get(name) } : {});
  const serverUrl = texts.get('server-url');
  const publicUrl = texts.get('public-url');
  const sample = texts.get('sample');
  const idleTimeout = texts.get('idle-timeout');
  return {
    help,
    ...(url === undefined ? {} : { urls: readUrls(url) }),
    ...text('pfx'),
    ...text('cert'),
    ...text('key'),
    ...text('passphrase-file', 'passphraseFile'),
    ...text('ca'),
    ...text('data-dir', 'dataDir'),
    ...(serverUrl === undefined ? {} : { serverUrl: readUrl('server-url', serverUrl) }),
    ...text('settings'),
    ...text('studio'),
    licence: readLicence(texts.get('licence') ?? (asRavenDb ? 'none' : 'developer')),
    ...(sample === undefined ? {} : { sample: readSample(sample) }),
    asRavenDb,
    listen: readAddress(texts.get('listen') ?? '127.0.0.1:4280'),
    ...(publicUrl === undefined ? {} : { publicUrl: readUrl('public-url', publicUrl) }),
    open: flags.has('open'),
    ...(idleTimeout === undefined ? {} : { idleTimeout: readIdleTimeout(idleTimeout) }),
  };
}

/**
 * Breaks into lines of at most `width` characters.
 * @param {string} text
 * @param {number} width
 */
function wrap(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The help of `npm start`. */
export function startHelp() {
  const column = 27;
  /** @param {OptionDescription} option */
  const line = ({ name, value, help }) =>
    `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(column - 2)}${wrap(help, 90 - column).join(`\n${' '.repeat(column)}`)}`;
  /** @param {string} part */
  const part = (part) =>
    optionDescriptions
      .filter((option) => option.part === part)
      .map(line)
      .join('\n');
  return `Opens the certificates console on a RavenDB server, or on an embedded node that it brings up.

  npm start                                        an embedded node on this machine
  npm start -- --url https://host:port --pfx FILE  your RavenDB server

A RavenDB server:
${part('server')}

The embedded node:
${part('embedded')}

Both:
${part('both')}
  ${'--help'.padEnd(column - 2)}prints this

Each option is an environment variable as well: --data-dir is ${environmentName('data-dir')}, and so on.
`;
}
