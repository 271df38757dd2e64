// Shared by record.mjs and compare.mjs: runs scenarios against a server, describes responses, normalises recordings.
import https from 'node:https';
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import zlib from 'node:zlib';
import crypto from 'node:crypto';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));

// ---------------------------------------------------------------- command line
export function parseArgs(argv, defaults = {}) {
  const out = { ...defaults };
  for (let i = 0; i < argv.length; i++) {
    const m = /^--([a-z-]+)(?:=(.*))?$/.exec(argv[i]);
    if (!m) throw new Error(`unexpected argument ${argv[i]}`);
    out[m[1]] = m[2] ?? (argv[i + 1] === undefined || argv[i + 1].startsWith('--') ? true : argv[++i]);
  }
  return out;
}

// ---------------------------------------------------------------- certificates
export function certInfo(pemText) {
  const x = new crypto.X509Certificate(pemText);
  const spki = x.publicKey.export({ type: 'spki', format: 'der' });
  return {
    pem: pemText,
    x509: x,
    der: x.raw.toString('base64'),
    thumbprint: x.fingerprint.replaceAll(':', ''),
    hash: crypto.createHash('sha256').update(spki).digest('base64'),
    serial: x.serialNumber,
  };
}
const pemBlock = (text, label) =>
  new RegExp(`-----BEGIN ${label}-----[\\s\\S]*?-----END ${label}-----\\n?`).exec(text)?.[0];
const certPart = (text) => pemBlock(text, 'CERTIFICATE');
const keyPart = (text) => pemBlock(text, '(?:RSA |EC )?PRIVATE KEY');

export function loadCerts(dir) {
  const out = {};
  for (const f of fs.readdirSync(dir)) {
    if (!f.endsWith('.pem')) continue;
    const text = fs.readFileSync(path.join(dir, f), 'utf8');
    out[f.slice(0, -4)] = { ...certInfo(certPart(text)), key: keyPart(text) };
  }
  return out;
}

// ---------------------------------------------------------------- TOTP (RFC 6238, SHA-1, 6 digits, 30 s)
export function totp(secret, stepsAway = 0, now = Date.now()) {
  let bits = '';
  for (const c of secret.replace(/=+$/, '').toUpperCase())
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30000) + stepsAway));
  const mac = crypto.createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}
function wrongTotp(secret) {
  // a code that none of the neighbouring steps accepts
  const good = new Set();
  for (let i = -5; i <= 5; i++) good.add(totp(secret, i));
  let n = 111111;
  while (good.has(String(n))) n++;
  return String(n);
}

// ---------------------------------------------------------------- ZIP and binary bodies
export function readZip(buf) {
  let end = buf.length - 22;
  while (end >= 0 && buf.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) throw new Error('not a zip');
  const entries = [];
  let p = buf.readUInt32LE(end + 16);
  for (let i = buf.readUInt16LE(end + 10); i > 0; i--) {
    const method = buf.readUInt16LE(p + 10),
      size = buf.readUInt32LE(p + 20),
      nameLen = buf.readUInt16LE(p + 28);
    const extra = buf.readUInt16LE(p + 30),
      comment = buf.readUInt16LE(p + 32),
      attr = buf.readUInt32LE(p + 38),
      at = buf.readUInt32LE(p + 42);
    const name = buf.toString('utf8', p + 46, p + 46 + nameLen);
    const start = at + 30 + buf.readUInt16LE(at + 26) + buf.readUInt16LE(at + 28);
    const raw = buf.subarray(start, start + size);
    entries.push({ name, mode: (attr >>> 16).toString(8), data: method === 8 ? zlib.inflateRawSync(raw) : raw });
    p += 46 + nameLen + extra + comment;
  }
  return entries;
}
const oids = {
  PBES2: '06092a864886f70d01050d',
  'aes256-cbc': '060960864801650304012a',
  'aes128-cbc': '0609608648016503040102',
  pbeWithSHA1And3DES: '060a2a864886f70d010c0103',
  'pbeWithSHA1AndRC2-40': '060a2a864886f70d010c0106',
  'mac-sha256': '0609608648016503040201',
  'mac-sha1': '06052b0e03021a',
};
function describeDer(buf) {
  const hex = buf.toString('hex');
  try {
    const x = new crypto.X509Certificate(buf);
    return { kind: 'certificate', thumbprint: x.fingerprint.replaceAll(':', '') };
  } catch {
    /* not one */
  }
  return { kind: 'pkcs12', algorithms: Object.keys(oids).filter((k) => hex.includes(oids[k])) };
}
function opens(pfx, passphrase) {
  try {
    tls.createSecureContext({ pfx, passphrase });
    return true;
  } catch {
    return false;
  }
}
function describeCert(pem) {
  const x = new crypto.X509Certificate(pem);
  const today = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), new Date().getUTCDate());
  const in5 = new Date(today);
  in5.setUTCFullYear(in5.getUTCFullYear() + 5);
  const to = Date.parse(x.validTo);
  const hex = x.raw.toString('hex');
  return {
    kind: 'certificate',
    subject: x.subject,
    issuer: x.issuer,
    ca: x.ca,
    extendedKeyUsage: x.keyUsage ?? [],
    subjectAltName: x.subjectAltName ?? null,
    key: `${x.publicKey.asymmetricKeyType}${x.publicKey.asymmetricKeyDetails.modulusLength ?? x.publicKey.asymmetricKeyDetails.namedCurve}`,
    signature: hex.includes('06092a864886f70d01010d')
      ? 'sha512WithRSA'
      : hex.includes('06092a864886f70d01010b')
        ? 'sha256WithRSA'
        : 'other',
    startsDaysAgo: (today - Date.parse(x.validFrom)) / 86400000,
    ends:
      to === in5.getTime()
        ? 'today + 5 years'
        : to === today + 86400000
          ? 'today + 1 day'
          : new Date(to).toISOString().slice(0, 10) +
            (to === Date.parse(new Date(to).toISOString().slice(0, 10)) ? '' : ' (not midnight)'),
  };
}
function describeZip(buf, password) {
  const entries = readZip(buf);
  const crt = entries.find((e) => e.name.endsWith('.crt'))?.data.toString();
  return entries.map((e) => {
    const d = { name: e.name, mode: e.mode };
    if (e.name.endsWith('.crt')) return { ...d, ...describeCert(e.data.toString()) };
    if (e.name.endsWith('.key')) {
      const text = e.data.toString();
      let matches = false;
      try {
        matches = new crypto.X509Certificate(crt).checkPrivateKey(
          crypto.createPrivateKey({ key: text, passphrase: password ?? '' }),
        );
      } catch {
        /* stays false */
      }
      return {
        ...d,
        kind: 'key',
        label: /BEGIN ([A-Z ]+)/.exec(text)?.[1] ?? null,
        encrypted: /ENCRYPTED/.test(text),
        matches,
      };
    }
    if (e.name.endsWith('.pfx'))
      return {
        ...d,
        ...describeDer(e.data),
        opensWithPassword: opens(e.data, password ?? ''),
        opensWithout: opens(e.data, ''),
      };
    return { ...d, kind: 'text', bytes: e.data.length };
  });
}

// ---------------------------------------------------------------- one run
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const dig = (value, dotted) => dotted.split('.').reduce((v, k) => (v == null ? undefined : v[k]), value);

export class Run {
  constructor({ url, pem, ca, certs }) {
    this.url = new URL(url);
    const text = fs.readFileSync(pem, 'utf8');
    this.server = { ...certInfo(certPart(text)), key: keyPart(text) };
    this.ca = ca ? fs.readFileSync(ca, 'utf8') : null;
    this.certDir = certs;
    this.certs = loadCerts(certs);
    this.reset();
  }

  reset() {
    this.vars = {};
    this.ids = {};
    this.conns?.forEach((a) => a.destroy());
    this.conns = new Map();
  }

  identity(name) {
    if (name === 'none') return {};
    if (name === 'server') return { cert: this.server.pem, key: this.server.key };
    const id = this.ids[name] ?? this.certs[name];
    if (!id) throw new Error(`no identity ${name}`);
    return { cert: id.pem, key: id.key };
  }

  lookup(expr) {
    const day = (n) => {
      const d = new Date();
      d.setUTCHours(0, 0, 0, 0);
      d.setUTCDate(d.getUTCDate() + n);
      return d.toISOString().replace('.000Z', '.0000000Z');
    };
    const [kind, ...rest] = expr.split('.');
    switch (kind) {
      case 'cert':
        return this.certs[rest[0]][rest[1]];
      case 'pem64':
        return Buffer.from(rest.map((n) => this.certs[n].pem).join('')).toString('base64');
      case 'file':
        return fs.readFileSync(path.join(this.certDir, rest.join('.'))).toString('base64');
      case 'id':
        return this.ids[rest[0]][rest[1]];
      case 'server':
        return this.server[rest[0]];
      case 'v':
        return this.vars[rest[0]];
      case 'totp': {
        const m = /^(\w+)([+-]\d+)?$/.exec(rest[0]);
        return totp(this.vars[m[1]], Number(m[2] ?? 0));
      }
      case 'totpnumber':
        return String(Number(totp(this.vars[rest[0]])));
      case 'wrong':
        return wrongTotp(this.vars[rest[0]]);
      case 'origin':
        return this.url.origin;
      case 'host':
        return this.url.host;
      case 'day':
        return day(Number(rest[0]));
      case 'lower':
        return this.lookup(rest.join('.')).toLowerCase();
      case 'uri':
        return encodeURIComponent(this.lookup(rest.join('.')));
      default:
        throw new Error(`unknown {{${expr}}}`);
    }
  }

  fill(value) {
    if (typeof value === 'string') {
      return value.replace(/\{\{([^}]+)\}\}/g, (_, e) => {
        const v = this.lookup(e);
        if (v === undefined) throw new Error(`{{${e}}} has no value`);
        return v;
      });
    }
    if (Array.isArray(value)) return value.map((v) => this.fill(v));
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [this.fill(k), this.fill(v)]));
    return value;
  }

  agent(as, conn) {
    const id = this.identity(as);
    const options = {
      ...id,
      ca: this.ca ?? undefined,
      rejectUnauthorized: !!this.ca,
      keepAlive: !!conn,
      maxSockets: 1,
      maxCachedSessions: 0,
    };
    const make = () =>
      this.url.protocol === 'https:' ? new https.Agent(options) : new http.Agent({ keepAlive: !!conn, maxSockets: 1 });
    if (!conn) return make();
    const key = `${conn}/${as}`;
    if (!this.conns.has(key)) this.conns.set(key, make());
    return this.conns.get(key);
  }

  send({ as = 'server', conn, method = 'GET', path: target, headers = {}, body }) {
    return new Promise((resolve, reject) => {
      const agent = this.agent(as, conn);
      const h = { ...headers };
      if (body !== undefined) h['content-length'] = Buffer.byteLength(body);
      const mod = this.url.protocol === 'https:' ? https : http;
      const req = mod.request(
        {
          host: this.url.hostname,
          port: this.url.port,
          servername: 'localhost',
          method,
          path: target,
          headers: h,
          agent,
        },
        (res) => {
          const chunks = [];
          res.on('data', (c) => chunks.push(c));
          res.on('end', () => {
            if (!conn) agent.destroy();
            resolve({ status: res.statusCode, headers: res.headers, buf: Buffer.concat(chunks) });
          });
          res.on('error', reject);
        },
      );
      req.setTimeout(60000, () => req.destroy(new Error('no answer in 60 s')));
      req.on('error', (e) => {
        if (!conn) agent.destroy();
        reject(e);
      });
      req.end(body);
    });
  }

  async step(step) {
    if (step.pause) await wait(step.pause);
    let body,
      headers = this.fill(step.headers ?? {});
    if (step.json !== undefined) {
      body = JSON.stringify(this.fill(step.json));
      headers = { 'content-type': 'application/json', ...headers };
    } else if (step.text !== undefined) {
      body = this.fill(step.text);
      headers = { 'content-type': 'application/json', ...headers };
    } else if (step.base64 !== undefined) {
      body = Buffer.from(step.base64, 'base64');
    } else if (step.form !== undefined) {
      body = new URLSearchParams(
        Object.entries(step.form).map(([k, v]) => [
          k,
          typeof v === 'string' ? this.fill(v) : JSON.stringify(this.fill(v)),
        ]),
      ).toString();
      headers = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    }
    const request = {
      as: step.as ?? 'server',
      conn: step.conn,
      method: step.method ?? 'GET',
      path: this.fill(step.path),
      headers,
      body,
    };
    let res, parsed;
    const deadline = Date.now() + 8000;
    for (;;) {
      res = await this.send(request);
      parsed = this.describe(res, step);
      if (!step.until || Date.now() > deadline) break;
      const got = dig(parsed, step.until.path);
      if (JSON.stringify(got) === JSON.stringify(step.until.equals)) break;
      await wait(100);
    }
    for (const [name, from] of Object.entries(step.save ?? {})) this.vars[name] = dig(parsed, from);
    if (step.saveCookie)
      this.vars[step.saveCookie] = (res.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
    if (step.saveIdentity && res.status === 200) {
      const files = readZip(res.buf);
      const pem = files.find((f) => f.name.endsWith('.crt')).data.toString();
      this.ids[step.saveIdentity] = {
        ...certInfo(certPart(pem)),
        key: files.find((f) => f.name.endsWith('.key')).data.toString(),
      };
    }
    const shown = {};
    for (const k of [
      'content-type',
      'content-disposition',
      'location',
      'set-cookie',
      'vary',
      'content-encoding',
      'database-missing',
      'raven-server-version',
      'etag',
      'cache-control',
      'access-control-allow-origin',
      'access-control-allow-methods',
      'access-control-allow-headers',
      'access-control-max-age',
      'access-control-allow-credentials',
    ])
      if (res.headers[k] !== undefined) shown[k] = res.headers[k];
    const sent = step.base64 === undefined ? request : { ...request, body: { base64: step.base64 } };
    return { request: sent, response: { status: res.status, headers: shown, body: parsed } };
  }

  describe({ headers, buf, status }, step) {
    if (buf.length === 0) return null;
    if (buf.length > 4 && buf.readUInt32LE(0) === 0x04034b50) return { zip: describeZip(buf, step.pfxPassword) };
    const text = buf.toString('utf8');
    const type = headers['content-type'] ?? '';
    if (/json/.test(type) || /^\s*[{[]/.test(text)) {
      try {
        return JSON.parse(text);
      } catch {
        return { invalidJson: text.slice(0, 300) };
      }
    }
    if (/octet-stream/.test(type)) return describeDer(buf);
    if (step.bodyKind === 'presence' || status === 200) return { text: `${text.slice(0, 15)}…` };
    return { text: text.slice(0, 300) };
  }

  // Brings the server back to: only the server certificate, no databases.
  async clean() {
    this.reset();
    const ask = async (method, target, body) =>
      this.send({ method, path: target, body, headers: body ? { 'content-type': 'application/json' } : {} });
    const list = JSON.parse((await ask('GET', '/admin/certificates?secondary=true&metadataOnly=true')).buf);
    for (const c of list.Results) {
      if (c.Thumbprint === this.server.thumbprint || c.CollectionPrimaryKey) continue;
      await ask('DELETE', `/admin/certificates?thumbprint=${c.Thumbprint}`);
    }
    const again = JSON.parse((await ask('GET', '/admin/certificates?secondary=true&metadataOnly=true')).buf);
    for (const c of again.Results) {
      // secondaries whose primary is gone: upload them anew as primaries, then delete
      if (c.Thumbprint === this.server.thumbprint) continue;
      const full = Object.values(this.certs).find((k) => k.thumbprint === c.Thumbprint);
      if (full)
        await ask(
          'PUT',
          '/admin/certificates',
          JSON.stringify({ Name: 'x', Certificate: full.der, SecurityClearance: 'ValidUser', Permissions: {} }),
        );
      await ask('DELETE', `/admin/certificates?thumbprint=${c.Thumbprint}`);
    }
    const dbs = await ask('GET', '/databases?namesOnly=true');
    if (dbs.status === 200) {
      const names = JSON.parse(dbs.buf).Databases ?? [];
      if (names.length)
        await ask('DELETE', '/admin/databases', JSON.stringify({ DatabaseNames: names, HardDelete: true }));
    }
  }
}

export async function loadScenarios(dir, { config = 'default', only } = {}) {
  const out = [];
  for (const f of fs
    .readdirSync(dir)
    .filter((n) => n.endsWith('.mjs'))
    .sort()) {
    const m = await import(pathToFileURL(path.resolve(dir, f)).href);
    const name = f.slice(0, -4);
    if ((m.config ?? 'default') !== config) continue;
    if (only && !name.includes(only)) continue;
    out.push({ name, config, about: m.about ?? '', keep: !!m.keep, steps: m.default });
  }
  return out;
}

export async function runScenario(run, scenario) {
  if (scenario.keep) run.reset();
  else await run.clean().catch((e) => console.log(`${scenario.name}: the server could not be emptied (${e.message})`));
  const steps = [];
  for (const [i, s] of scenario.steps.entries()) {
    const name = s.name ?? `step ${i + 1}`;
    try {
      const { request, response } = await run.step(s);
      steps.push({ name, options: { ignore: s.ignore, also: s.also, unordered: s.unordered }, request, response });
    } catch (e) {
      steps.push({
        name,
        options: {},
        request: { as: s.as, method: s.method, path: s.path },
        response: { status: 0, headers: {}, body: { transport: e.code ?? e.message } },
      });
    }
  }
  run.reset();
  return { scenario: scenario.name, about: scenario.about, config: scenario.config, steps };
}

// ---------------------------------------------------------------- normalising
// Values that belong to the fixed certificates keep a speaking name; all other thumbprints, hashes, dates, GUIDs,
// secrets, certificates and addresses become numbered placeholders in order of first appearance.
export function normaliser(certs, { origin, host, serverThumbprint } = {}) {
  const fixed = [],
    dates = new Set();
  for (const [n, c] of Object.entries(certs)) {
    fixed.push(
      [c.der, `<${n}.certificate>`],
      [c.thumbprint, `<${n}.thumbprint>`],
      [c.thumbprint.toLowerCase(), `<${n}.thumbprint.lower>`],
    );
    if (!/^same[2-9]|^leaf1(again|other)/.test(n)) fixed.push([c.hash, `<${n}.hash>`]);
    for (const d of [c.x509.validFrom, c.x509.validTo]) dates.add(new Date(d).toISOString().slice(0, 19));
  }
  const seen = new Map(),
    counts = {};
  const mark = (kind, value, suffix = '') => {
    const key = `${kind} ${value}`;
    if (!seen.has(key)) {
      counts[kind] = (counts[kind] ?? 0) + 1;
      seen.set(key, counts[kind]);
    }
    return `<${kind}-${seen.get(key)}${suffix}>`;
  };
  const text = (s) => {
    for (const [v, n] of fixed) if (s.includes(v)) s = s.replaceAll(v, n);
    for (const [v, n] of fixed) {
      const e = encodeURIComponent(v);
      if (e !== v && s.includes(e)) s = s.replaceAll(e, n);
    }
    if (serverThumbprint)
      s = s
        .replaceAll(serverThumbprint, '<server.thumbprint>')
        .replaceAll(serverThumbprint.toLowerCase(), '<server.thumbprint.lower>');
    if (host) s = s.replaceAll(`https://127.0.0.1:${host.split(':')[1]}`, '<origin>'); // what the server listens on, where it differs
    if (origin)
      s = s
        .replaceAll(origin, '<origin>')
        .replaceAll(encodeURIComponent(origin), '<origin>')
        .replaceAll(host, '<host>');
    return (
      s
        .replace(/MII[A-Za-z0-9+/]{100,}={0,2}/g, (v) => mark('certificate', v))
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g, (v, frac, zone) =>
          dates.has(v.slice(0, 19)) ? v : mark('date', v, `:${(frac ?? '.').length - 1}${zone ?? ''}`),
        )
        .replace(/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/g, (v) => mark('guid', v))
        .replace(/\b[0-9A-F]{40}\b/g, (v) => mark('thumbprint', v))
        .replace(/\b[0-9a-f]{40}\b/g, (v) => mark('thumbprint', v.toUpperCase(), '.lower'))
        .replace(/\b[0-9a-f]{32}\b/g, (v) => mark('id', v))
        .replace(/(?<=^|Hash-)[A-Za-z0-9+/]{43}=(?="?$)/, (v) => mark('hash', v))
        // Numbers of writes: a refused one may take one too.
        .replace(/\b[A-Z]+:\d+-[A-Za-z0-9+/]{22}/, (v) => mark('change-vector', v))
        .replace(/\b\d{19}-[A-Z]+$/, (v) => mark('number', v))
        .replace(/^[A-Z2-7]{32}$/, (v) => mark('secret', v))
    );
  };
  const value = (v) => {
    if (typeof v === 'string') return text(v);
    if (Array.isArray(v)) return v.map(value);
    if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([k, x]) => [text(k), value(x)]));
    return v;
  };
  return value;
}

function dropPath(value, dotted) {
  const [head, ...rest] = dotted.split('.');
  if (value == null || typeof value !== 'object') return;
  const keys = head === '*' ? Object.keys(value) : [head];
  for (const k of keys) {
    if (rest.length === 0) delete value[k];
    else dropPath(value[k], rest.join('.'));
  }
}

// Reduces one recorded response to what must be equal.
export function essence(response, options = {}, normalise) {
  let body = structuredClone(response.body);
  if (body && typeof body === 'object') {
    if ('Type' in body && 'Message' in body)
      body = 'Url' in body ? { Type: body.Type, Url: body.Url } : { Type: body.Type };
    else if (Object.keys(body).length === 1 && typeof body.Error === 'string') body = { Error: '<text>' };
  }
  if ((options.ignore ?? []).includes('body')) body = '<ignored>';
  for (const p of options.ignore ?? []) dropPath({ body }, `body.${p}`);
  if (options.unordered && body && Array.isArray(dig(body, options.unordered))) {
    const key = (x) =>
      JSON.stringify(x && typeof x === 'object' ? [x.Name, x.NotAfter, x.CollectionPrimaryKey !== ''] : x);
    dig(body, options.unordered).sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  }
  const out = { status: response.status, 'content-type': response.headers['content-type'] ?? null };
  for (const h of options.also ?? []) {
    let v = response.headers[h] ?? null;
    if (h === 'raven-server-version' && v) v = '<version>';
    out[h] = v;
  }
  out.body = body;
  return normalise ? normalise(out) : out;
}

export function differences(want, got, at = '') {
  if (
    want &&
    got &&
    typeof want === 'object' &&
    typeof got === 'object' &&
    Array.isArray(want) === Array.isArray(got)
  ) {
    return [...new Set([...Object.keys(want), ...Object.keys(got)])].flatMap((k) =>
      differences(want[k], got[k], at ? `${at}.${k}` : k),
    );
  }
  return Object.is(want, got) ? [] : [{ field: at, want, got }];
}
