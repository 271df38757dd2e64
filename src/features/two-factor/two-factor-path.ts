/** Where a person who owes the second factor is sent; `wanted` (path and search, without the base) is where they go afterwards. */
export const twoFactorPath = (wanted: string): string =>
  isPage(wanted) ? `/two-factor?next=${encodeURIComponent(wanted)}` : '/two-factor';

/** The page that {@link twoFactorPath} remembered; the list when there is none, or none of ours. @param search `?next=…` */
export function wantedPage(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return isPage(next) ? next : '/';
}

/** A path of the app: not another host's (`//host`, `/\host`), and not the screen itself, which would lead in a circle. */
const isPage = (path: string): boolean =>
  /^\/(?![/\\])/.test(path) && path !== '/' && !/^\/two-factor(?![\w-])/.test(path);
