import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/**
 * Two builds from one configuration: the page (dist/app) and what Node runs (dist/node: the command line with gateway and
 * embedded node). Dependencies of the Node part stay in node_modules.
 */
export default defineConfig({
  plugins: [react()],
  base: './',
  build: { target: 'es2023' },
  // Workers load the heavy parts of the code on demand, which needs modules.
  worker: { format: 'es' },
  builder: {},
  environments: {
    client: { build: { outDir: 'dist/app', emptyOutDir: true } },
    ssr: {
      build: {
        outDir: 'dist/node',
        emptyOutDir: true,
        target: 'node20',
        ssr: true,
        rollupOptions: {
          input: { main: 'src/cli/main.ts', 'crypto-worker': 'src/server/crypto/crypto-worker.ts' },
          output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        },
      },
    },
  },
  test: {
    include: ['src/**/*.spec.ts', 'e2e/unit/**/*.spec.ts'],
    environment: 'node',
  },
});
