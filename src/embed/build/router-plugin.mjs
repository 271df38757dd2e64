/** Modules of wouter's that a console in a host is better off without. */
const replacements = [
  {
    // Its default way of knowing the address patches `history` as soon as it is loaded, for good. Consoles in a host bring a way of their own.
    source: /\/use-browser-location(\.js)?$/,
    code: `const missing = () => { throw new Error('A console in a host has a router of its own.'); };
export const useBrowserLocation = missing, useSearch = missing, usePathname = missing, useHistoryState = missing, useLocationProperty = missing, navigate = missing;`,
  },
  {
    // CommonJS that asks for React by `require`, which modules don't have. React 19 needs no stand-in.
    source: /^use-sync-external-store\//,
    code: `export { useSyncExternalStore } from 'react';`,
  },
];

/** @returns {import('vite').Plugin} */
export function routerForHosts() {
  const name = 'raven-router-for-hosts';
  return {
    name,
    enforce: 'pre',
    resolveId(asked, importer) {
      if (!importer?.includes('/wouter/')) return undefined;
      const index = replacements.findIndex(({ source }) => source.test(asked));
      return index < 0 ? undefined : `\0${name}-${index}`;
    },
    load: (id) => (id.startsWith(`\0${name}-`) ? replacements[Number(id.slice(name.length + 2))]?.code : undefined),
  };
}
