// `npm run build:package`: what other people's applications install, in dist/package. `npm run build` makes the console and the command line.
import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { federation } from '@module-federation/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { buildTypes } from './build-types.mjs';
import { routerForHosts } from './router-plugin.mjs';
import { stylesInShadowRoots } from './styles-plugin.mjs';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const source = (file) => join(project, 'src', file);
const outDir = join(project, 'dist/package');

const entries = {
  mount: source('embed/mount.tsx'),
  element: source('embed/element.ts'),
  'single-spa': source('embed/single-spa.ts'),
};

const shared = {
  configFile: false,
  root: project,
  base: './',
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  // One file: a host's bundler copies it without looking inside.
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false, minify: true } } },
};
const output = { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' };
const common = {
  target: 'es2023',
  emptyOutDir: true,
  copyPublicDir: false,
  sourcemap: true,
  cssCodeSplit: true,
  assetsInlineLimit: 0,
  modulePreload: false,
  reportCompressedSize: false,
};
const plugins = () => [routerForHosts(), react(), stylesInShadowRoots()];

/** For hosts with a bundler: React and React Query are the host's. */
const library = () =>
  build({
    ...shared,
    plugins: plugins(),
    build: {
      ...common,
      outDir: join(outDir, 'lib'),
      lib: { entry: { index: source('embed/index.tsx'), ...entries, api: source('api/index.ts') }, formats: ['es'] },
      rolldownOptions: {
        external: [/^react(-dom)?(\/|$)/, '@tanstack/react-query'],
        output: { ...output, minify: true },
      },
    },
  });

/** For pages without one: everything is in here. */
const standalone = () =>
  build({
    ...shared,
    plugins: plugins(),
    build: {
      ...common,
      outDir: join(outDir, 'standalone'),
      lib: { entry: entries, formats: ['es'] },
      rolldownOptions: { output: { ...output, minify: true } },
    },
  });

const remote = () =>
  build({
    ...shared,
    plugins: [
      ...plugins(),
      federation({
        name: 'raven_certificates',
        filename: 'remoteEntry.js',
        exposes: { './CertificatesConsole': source('embed/index.tsx'), './mount': source('embed/mount.tsx') },
        shared: {
          react: { singleton: true, requiredVersion: '^19.0.0' },
          'react-dom': { singleton: true, requiredVersion: '^19.0.0' },
        },
        dts: false,
        manifest: true,
      }),
    ],
    build: {
      ...common,
      outDir: join(outDir, 'federation'),
      rolldownOptions: { input: { remote: source('embed/mount.tsx') }, output },
    },
  });

/** What runs in Node; libraries stay in node_modules. */
const node = () =>
  build({
    ...shared,
    define: {},
    build: {
      target: 'node20',
      ssr: true,
      sourcemap: true,
      emptyOutDir: true,
      copyPublicDir: false,
      outDir: join(outDir, 'node'),
      rolldownOptions: {
        input: { gateway: source('gateway/portal-gateway.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });

await rm(outDir, { recursive: true, force: true });
for (const step of [library, standalone, remote, node]) await step();
// Federation's own modules name files by their place on the machine that builds.
const entryMap = join(outDir, 'federation/remoteEntry.js.map');
writeFileSync(entryMap, readFileSync(entryMap, 'utf8').replaceAll(project, '/'));
await buildTypes(project, join(outDir, 'types'));
