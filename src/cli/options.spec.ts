import { describe, expect, it } from 'vitest';
import { environmentName, optionDescriptions, parseStartOptions, startHelp } from './options.mjs';

const parse = (line: string, env: Record<string, string> = {}) =>
  parseStartOptions(line.split(' ').filter(Boolean), env);
const listen = { host: '127.0.0.1', port: 4280 };

describe('options of start', () => {
  it('have defaults', () => {
    expect(parse('')).toEqual({ help: false, licence: 'developer', asRavenDb: false, listen, open: false });
  });
  it('of the embedded node', () => {
    expect(
      parse(
        '--data-dir d --server-url https://localhost:0 --settings s.json --licence none --sample 7 --listen [::1]:0 --open',
      ),
    ).toEqual({
      help: false,
      dataDir: 'd',
      serverUrl: 'https://localhost:0',
      settings: 's.json',
      licence: 'none',
      sample: 7,
      asRavenDb: false,
      listen: { host: '::1', port: 0 },
      open: true,
    });
  });
  it('of a server', () => {
    expect(parse('--url https://a.example:8443/ --cert c --key k --passphrase-file p --ca a')).toEqual({
      help: false,
      urls: ['https://a.example:8443'],
      cert: 'c',
      key: 'k',
      passphraseFile: 'p',
      ca: 'a',
      licence: 'developer',
      asRavenDb: false,
      listen,
      open: false,
    });
  });
  it('as RavenDB means no licence', () => {
    expect(parse('--as-ravendb').licence).toBe('none');
    expect(parse('--as-ravendb --licence developer').licence).toBe('developer');
  });
  const server = { RAVEN_CERTIFICATES_URL: 'https://a', RAVEN_CERTIFICATES_CERT: 'c' };
  const inEnvironment: Record<string, [env: Record<string, string>, read: object]> = {
    url: [{ ...server, RAVEN_CERTIFICATES_URL: 'https://b:1, https://c:2' }, { urls: ['https://b:1', 'https://c:2'] }],
    pfx: [{ RAVEN_CERTIFICATES_URL: 'https://a', RAVEN_CERTIFICATES_PFX: 'p' }, { pfx: 'p' }],
    cert: [server, { cert: 'c' }],
    key: [{ ...server, RAVEN_CERTIFICATES_KEY: 'k' }, { key: 'k' }],
    'passphrase-file': [{ ...server, RAVEN_CERTIFICATES_PASSPHRASE_FILE: 'f' }, { passphraseFile: 'f' }],
    ca: [{ ...server, RAVEN_CERTIFICATES_CA: 'f' }, { ca: 'f' }],
    'server-url': [{ RAVEN_CERTIFICATES_SERVER_URL: 'https://c' }, { serverUrl: 'https://c' }],
    settings: [{ RAVEN_CERTIFICATES_SETTINGS: 's' }, { settings: 's' }],
    studio: [{ RAVEN_CERTIFICATES_STUDIO: 's.zip' }, { studio: 's.zip' }],
    licence: [{ RAVEN_CERTIFICATES_LICENCE: 'none' }, { licence: 'none' }],
    sample: [{ RAVEN_CERTIFICATES_SAMPLE: '3' }, { sample: 3 }],
    'as-ravendb': [{ RAVEN_CERTIFICATES_AS_RAVENDB: 'true' }, { asRavenDb: true }],
    'data-dir': [{ RAVEN_CERTIFICATES_DATA_DIR: 'd' }, { dataDir: 'd' }],
    listen: [{ RAVEN_CERTIFICATES_LISTEN: '127.0.0.2:1' }, { listen: { host: '127.0.0.2', port: 1 } }],
    'public-url': [{ RAVEN_CERTIFICATES_PUBLIC_URL: 'https://p' }, { publicUrl: 'https://p' }],
    open: [{ RAVEN_CERTIFICATES_OPEN: '1' }, { open: true }],
    'idle-timeout': [{ RAVEN_CERTIFICATES_IDLE_TIMEOUT: '30m' }, { idleTimeout: 1_800_000 }],
  };
  it.each(optionDescriptions)('--$name is in the help, and is an environment variable too', ({ name }) => {
    expect(startHelp()).toContain(`--${name}`);
    const [env, read] = inEnvironment[name] ?? [{}, { missing: name }];
    expect(parse('', env)).toMatchObject(read);
    expect(Object.keys(env)).toContain(environmentName(name));
  });
  it('on the command line win over the environment', () => {
    expect(parse('--licence none', { RAVEN_CERTIFICATES_LICENCE: 'developer' }).licence).toBe('none');
    const env = { RAVEN_CERTIFICATES_CERT: 'c', RAVEN_CERTIFICATES_KEY: 'k' };
    expect(parse('--url https://a --pfx p', env)).toMatchObject({ pfx: 'p' });
    expect(parse('--url https://a --pfx p', env)).not.toHaveProperty('cert');
  });
  it('of the other part in the environment don’t disturb', () => {
    expect(parse('', { RAVEN_CERTIFICATES_PFX: 'p', RAVEN_CERTIFICATES_SAMPLE: '' })).not.toHaveProperty('pfx');
    expect(parse('--url https://a --pfx p', { RAVEN_CERTIFICATES_SAMPLE: '9' })).not.toHaveProperty('sample');
  });
  it.each([
    ['--foo', '--foo'],
    ['-x', '-x'],
    ['https://a', 'https://a'],
    ['--pfx', '--pfx needs a value'],
    ['--pfx=', '--pfx needs a value'],
    ['--url --pfx a', '--url needs a value'],
    ['--open=1', '--open takes no value'],
    ['--no-open', '--no-open'],
    ['--pfx a', '--url'],
    ['--url https://a', '--pfx'],
    ['--url https://a --key k', '--cert'],
    ['--url https://a --pfx a --cert b', 'not both'],
    ['--url http://a --pfx a', 'https://host:port'],
    ['--url https://a/b --pfx a', 'https://host:port'],
    ['--url a:1 --pfx a', 'https://host:port'],
    ['--url https://a --pfx a --sample 3', '--sample'],
    ['--as-ravendb --sample 3', '--as-ravendb'],
    ['--sample -3', '--sample'],
    ['--sample=1e3', '--sample'],
    ['--licence pro', '--licence'],
    ['--listen x', '--listen'],
    ['--listen 127.0.0.1:70000', '--listen'],
    ['--server-url localhost:8443', '--server-url'],
    ['--public-url http://portal.example', '--public-url'],
    ['--public-url https://portal.example/console', '--public-url'],
    ['--idle-timeout 8', '--idle-timeout'],
    ['--idle-timeout 0h', '--idle-timeout'],
    ['--idle-timeout -1h', '--idle-timeout'],
    ['--idle-timeout 32d', '--idle-timeout'],
    ['--idle-timeout never', '--idle-timeout'],
  ])('%s is an error that names it', (line, part) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ name: 'OptionError', message: expect.stringContaining(part) }),
    );
  });
});
