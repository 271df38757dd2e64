import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** What the entries promise to run under. */
export const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types raven-certificates";

/** What federation's runtime needs: no Trusted Types, since it loads scripts itself. */
export const federationPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'";

const fileIn = (folder, path) => {
  const file = join(folder, normalize(decodeURIComponent(path)));
  return file.startsWith(folder) && existsSync(file) && statSync(file).isFile() ? file : undefined;
};

/**
 * A portal: its own sign-in (a cookie that `/sign-in` gives and `/sign-out` takes), its pages, the installed package below `/package/` and `/raven-certificates/`,
 * and the gateway below `/certificates/`.
 * @param {object} options
 * @param {string} options.pages folder of a host page
 * @param {string} options.packageFolder
 * @param {(authorize: (req: import('node:http').IncomingMessage) => boolean) => any} options.makeGateway
 * @param {string} [options.policy]
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function startPortal({ pages, packageFolder, makeGateway, policy = strictPolicy }) {
  const gateway = makeGateway((req) => /(?:^|; )portal=in(?:;|$)/.test(req.headers.cookie ?? ''));
  const send = (res, file) => {
    res.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    if (file.endsWith('.html')) res.setHeader('Content-Security-Policy', policy);
    createReadStream(file).pipe(res);
  };
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url, 'http://portal');
    if (pathname === '/sign-in' || pathname === '/sign-out') {
      const value = pathname === '/sign-in' ? 'portal=in; Path=/' : 'portal=; Max-Age=0; Path=/';
      res.writeHead(303, { 'Set-Cookie': `${value}; HttpOnly; SameSite=Strict`, Location: '/' }).end();
      return;
    }
    gateway(req, res, () => {
      const [, packaged] = /^\/(?:package|raven-certificates)(\/.+)/.exec(pathname) ?? [];
      const file =
        packaged === undefined ? fileIn(pages, pathname) : fileIn(join(packageFolder, 'dist/package'), packaged);
      if (file !== undefined) send(res, file);
      else if (extname(pathname) === '') send(res, join(pages, 'index.html'));
      else res.writeHead(404).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      await gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
