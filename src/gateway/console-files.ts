import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import { isPageLoad } from './request-checks.ts';
import { protectPage } from './security-headers.ts';

/**
 * Serves the built console. Files with a hash in their name are kept by the browser for good, compressed ones are sent as built; any
 * page load that isn't a file gets the page itself, which reads its route from the address.
 * @param folder what the build made, with `index.html`
 * @returns a handler; it calls `next` when there is nothing to serve at this path
 * @throws when the folder holds no `index.html`
 */
export function createConsoleFiles(
  folder: string,
): (req: IncomingMessage, res: ServerResponse, next: () => void) => void {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
    .replace(/<base href="[^"]*"/, '<base href="/"')
    .replace(/(<meta name="raven-api" content=")[^"]*"/, '$1/raven"');
  const files = sirv(folder, {
    etag: true,
    gzip: true,
    brotli: true,
    ignores: false,
    setHeaders: (res, path) => {
      protectPage(res);
      res.setHeader('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const sendPage = (req: IncomingMessage, res: ServerResponse): void => {
    protectPage(res);
    res.setHeader('Cache-Control', 'no-cache');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.setHeader('Content-Length', Buffer.byteLength(page));
    res.end(req.method === 'HEAD' ? undefined : page);
  };
  return (req, res, next) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    if (path === '/' || path === '/index.html') sendPage(req, res);
    else
      files(req, res, () => {
        if (path.startsWith('/assets/') || !isPageLoad(req)) next();
        else sendPage(req, res);
      });
  };
}
