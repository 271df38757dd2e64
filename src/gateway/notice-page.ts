import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { protectNotice } from './security-headers.ts';
import type { SessionEnd } from './sessions.ts';

const style = `:root{color-scheme:light dark;font:15px/1.6 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:28rem;padding:2rem}
h1{font-size:1.15rem;margin:0 0 .5rem}
p{margin:.5rem 0}
kbd{font:inherit;padding:.05em .45em;border:1px solid color-mix(in srgb,currentColor 35%,transparent);border-radius:4px}`;
const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;

interface Notice {
  readonly status: number;
  readonly title: string;
  readonly html: string;
}

function answerNotice(res: ServerResponse, { status, title, html }: Notice): void {
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

/** 401: no session in this browser, or none any more. */
export function answerSignInPage(res: ServerResponse, ended: SessionEnd | 'none', idleText: string): void {
  if (ended === 'idle')
    answerNotice(res, {
      status: 401,
      title: 'You were signed out',
      html: `<p>Nothing was done here for ${idleText}.</p>${howTo}`,
    });
  else answerNotice(res, { status: 401, title: 'This browser isn’t signed in', html: howTo });
}

/** After a sign-out. */
export const answerSignedOutPage = (res: ServerResponse): void =>
  answerNotice(res, { status: 200, title: 'You are signed out', html: `<p>To come back:</p>${howTo}` });

/** 401: the link was no good. */
export const answerUsedLinkPage = (res: ServerResponse): void =>
  answerNotice(res, {
    status: 401,
    title: 'This link doesn’t work any more',
    html: `<p>Each link works once, within five minutes.</p>${howTo}`,
  });

/** 403: a page load that another site started. The link leads to the same address, this time from here. */
export const answerCrossSitePage = (res: ServerResponse): void =>
  answerNotice(res, {
    status: 403,
    title: 'Another site sent you here',
    html: '<p>The console doesn’t open from other sites by itself.</p><p><a href="">Open the console</a></p>',
  });
