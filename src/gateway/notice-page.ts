import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { protectNotice } from './security-headers.ts';

const style = `:root{color-scheme:light dark;font:15px/1.6 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:28rem;padding:2rem}
h1{font-size:1.15rem;margin:0 0 .5rem}
p{margin:.5rem 0}
kbd{font:inherit;padding:.05em .45em;border:1px solid color-mix(in srgb,currentColor 35%,transparent);border-radius:4px}`;
const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;

function answerNotice(res: ServerResponse, status: number, title: string, html: string): void {
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Raven Certificates</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${html}</main></body></html>
`;
  protectNotice(res, styleHash);
  res.statusCode = status;
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(res.req.method === 'HEAD' ? undefined : body);
}

const howTo = '<p>Press <kbd>Enter</kbd> in the terminal where the console runs, and open the link that it prints.</p>';

/** 401: no session in this browser. */
export const answerSignInPage = (res: ServerResponse): void =>
  answerNotice(res, 401, 'This browser isn’t signed in', howTo);

/** 401: the link was no good. */
export const answerUsedLinkPage = (res: ServerResponse): void =>
  answerNotice(
    res,
    401,
    'This link doesn’t work any more',
    `<p>Each link works once, within five minutes.</p>${howTo}`,
  );

/** 403: a page load that another site started. The link leads to the same address, this time from here. */
export const answerCrossSitePage = (res: ServerResponse): void =>
  answerNotice(
    res,
    403,
    'Another site sent you here',
    '<p>The console doesn’t open from other sites by itself.</p><p><a href="">Open the console</a></p>',
  );
