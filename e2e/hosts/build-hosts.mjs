import { join } from 'node:path';
import { federation } from '@module-federation/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** As somebody else's project would: with Vite, from what `npm install` put into `folder`. The pages without a bundler need nothing. */
export async function buildHosts(folder) {
  const shared = { configFile: false, base: '/', logLevel: 'error' };
  const options = { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 };
  for (const [name, plugins] of [
    ['react', [react()]],
    ['single-spa', []],
    [
      'federation',
      [
        react(),
        federation({
          name: 'portal',
          remotes: {
            raven_certificates: {
              type: 'module',
              name: 'raven_certificates',
              entry: '/package/federation/remoteEntry.js',
            },
          },
          shared: { react: { singleton: true }, 'react-dom': { singleton: true } },
          dts: false,
        }),
      ],
    ],
  ])
    await build({ ...shared, root: join(folder, 'hosts', name), plugins, build: options });
}
