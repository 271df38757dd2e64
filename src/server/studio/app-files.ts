import { readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Reply } from '../http/reply.ts';
import type { ServerNode } from '../server-node.ts';

/** Nothing but this origin, no inline code, one policy that makes URLs of workers. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types raven-certificates',
].join('; ');

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'text/xml; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

export const typeOfFile = (name: string): string => types[extname(name)] ?? 'application/octet-stream';

/** An HTML page of this server. */
export function page(html: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...pageHeaders }, body: html };
}

/** As RavenDB's page of Studio: its character set stands in the page itself. */
function bare(html: string): Reply {
  const reply = page(html);
  return { ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } };
}

/** A file of the built console that isn't there. */
export function missingFile(name: string): Reply {
  const text = `The following file was not available: ${name}.`;
  return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', ...pageHeaders }, body: text };
}

/** The files that somebody asked for, by their path: one copy of each is sent to all. */
const files = new Map<string, { readonly bytes: Buffer; readonly changedAt: number }>();

function read(folder: string, name: string): Buffer | undefined {
  const path = join(folder, name);
  // A path that leads out of the folder is as good as none.
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return undefined;
  try {
    const found = statSync(path);
    if (!found.isFile()) return undefined;
    const known = files.get(path);
    // A build may replace them while the node runs.
    if (known?.changedAt === found.mtimeMs && known.bytes.length === found.size) return known.bytes;
    const bytes = readFileSync(path);
    files.set(path, { bytes, changedAt: found.mtimeMs });
    return bytes;
  } catch {
    return undefined;
  }
}

/** A file of the built console; names with a hash in them never change. */
export function appFile({ studio }: ServerNode, name: string): Reply | undefined {
  if (studio === undefined || name === '' || name === 'index.html' || name.includes('\0')) return undefined;
  const body = read(studio, name);
  if (body === undefined) return undefined;
  const hashed = name.startsWith('assets/') && /-[\w-]{8}$/.test(name.slice(0, name.lastIndexOf('.')));
  return {
    status: 200,
    headers: {
      'content-type': typeOfFile(name),
      ...pageHeaders,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
    body,
    shared: true,
  };
}

/** The console's page, told that it lives below `base` and that the API is at the root. */
export function appPage({ studio }: ServerNode, base: string): Reply {
  const html = studio === undefined ? undefined : read(studio, 'index.html')?.toString('utf8');
  if (html === undefined)
    return bare(
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>No console</title><p>This server was started without its console.</p></html>\n',
    );
  return bare(
    html
      .replace(/<base href="[^"]*"\s*\/?>/, `<base href="${base}" />`)
      .replace(/<meta name="raven-api" content="[^"]*"\s*\/?>/, '<meta name="raven-api" content="" />'),
  );
}
