import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPageLoad } from './request-checks.ts';
import { protectPage } from './security-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

interface StoredFile {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  /** As the build packed it, by content coding. */
  readonly packed: readonly (readonly [coding: string, body: Buffer])[];
}

export interface ConsoleFiles {
  /** Calls `next` when there is nothing to serve at this path. */
  readonly serve: (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
  /** The page, and in it the secret of a session that has just begun: its script takes it out and keeps it (src/app/console-fetch.ts). */
  readonly serveSignedIn: (req: IncomingMessage, res: ServerResponse, secret: string) => void;
}

/** A few megabytes, read once: a build that empties the folder meanwhile takes nothing away from a console that runs. */
function readFiles(folder: string): ReadonlyMap<string, StoredFile> {
  const root = resolve(folder);
  const read = new Map<string, Buffer>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    read.set(file.slice(root.length).replaceAll('\\', '/'), readFileSync(file));
  }
  const files = new Map<string, StoredFile>();
  for (const [path, body] of read)
    if (!/\.(?:br|gz)$/.test(path))
      files.set(path, {
        type: types[extname(path)] ?? 'application/octet-stream',
        etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
        body,
        packed: (['br', 'gz'] as const).flatMap((ending) => {
          const found = read.get(`${path}.${ending}`);
          return found === undefined ? [] : [[ending === 'gz' ? 'gzip' : ending, found] as const];
        }),
      });
  return files;
}

/** Whether `Accept-Encoding` names a coding without refusing it (`;q=0`). */
const takes = (accepted: string, coding: string): boolean =>
  accepted.split(',').some((part) => {
    const [name = '', ...weights] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === coding && !weights.some((weight) => /^q=0(?:\.0*)?$/.test(weight));
  });

/**
 * Serves the built console. Files with a hash in their name are kept by the browser for good, compressed ones are sent as built; any
 * page load that isn't a file gets the page itself, which reads its route from the address.
 * @param folder what the build made, with `index.html`
 * @throws when the folder holds no `index.html`
 */
export function createConsoleFiles(folder: string): ConsoleFiles {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
    .replace(/<base href="[^"]*"/, '<base href="/"')
    .replace(/(<meta name="raven-api" content=")[^"]*"/, '$1/raven"');
  const files = readFiles(folder);
  const send = (req: IncomingMessage, res: ServerResponse, body: Buffer | string): void => {
    res.setHeader('Content-Length', Buffer.byteLength(body));
    res.end(req.method === 'HEAD' ? undefined : body);
  };
  const sendFile = (req: IncomingMessage, res: ServerResponse, path: string, file: StoredFile): void => {
    protectPage(res);
    res.setHeader('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    res.setHeader('ETag', file.etag);
    res.setHeader('Vary', 'Accept-Encoding');
    if (req.headers['if-none-match'] === file.etag) {
      res.statusCode = 304;
      res.end();
      return;
    }
    const accepted = req.headers['accept-encoding'] ?? '';
    const packed = file.packed.find(([coding]) => takes(accepted, coding));
    res.setHeader('Content-Type', file.type);
    if (packed !== undefined) res.setHeader('Content-Encoding', packed[0]);
    send(req, res, packed?.[1] ?? file.body);
  };
  const sendPage = (req: IncomingMessage, res: ServerResponse, html = page): void => {
    protectPage(res);
    res.setHeader('Cache-Control', html === page ? 'no-cache' : 'no-store');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    send(req, res, html);
  };
  const serve: ConsoleFiles['serve'] = (req, res, next) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    const file = path === '/index.html' ? undefined : files.get(path);
    if (file !== undefined) sendFile(req, res, path, file);
    else if (path === '/' || path === '/index.html' || (!path.startsWith('/assets/') && isPageLoad(req)))
      sendPage(req, res);
    else next();
  };
  return {
    serve,
    serveSignedIn: (req, res, secret) =>
      sendPage(req, res, page.replace('<meta name="raven-api"', `<meta name="raven-session" content="${secret}" />$&`)),
  };
}
