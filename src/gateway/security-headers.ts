import type { ServerResponse } from 'node:http';

/**
 * What the page may do. Everything comes from the gateway itself; markup can't become script, and the one Trusted Types policy makes
 * nothing but worker URLs.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types raven-certificates',
].join('; ');

const common = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
} as const;

const set = (res: ServerResponse, headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
};

/** For the console's own files. */
export const protectPage = (res: ServerResponse): void =>
  set(res, {
    ...common,
    'Content-Security-Policy': pagePolicy,
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=()',
  });

/** For answers that are data: never kept, and inert even when a browser is made to show one as a page. */
export const protectData = (res: ServerResponse): void =>
  set(res, {
    ...common,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  });

/** For the gateway's own small pages, which have one style sheet inside, named by its hash. */
export const protectNotice = (res: ServerResponse, styleHash: string): void =>
  set(res, {
    ...common,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  });
