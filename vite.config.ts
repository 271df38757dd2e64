import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Writes `.br` and `.gz` beside what shrinks, so that nobody compresses at run time. */
const precompress: Plugin = {
  name: 'precompress',
  applyToEnvironment: ({ name }) => name === 'client',
  async writeBundle({ dir = '' }, bundle) {
    const work = Object.values(bundle)
      .filter(({ fileName }) => /^assets\/.*\.(js|css|svg|json|wasm)$/.test(fileName))
      .map(async (file) => {
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const [br, gz] = await Promise.all([
          promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
          promisify(gzip)(bytes, { level: 9 }),
        ]);
        if (gz.length < bytes.length) await writeFile(join(dir, `${file.fileName}.gz`), gz);
        if (br.length < bytes.length) await writeFile(join(dir, `${file.fileName}.br`), br);
      });
    await Promise.all(work);
  },
};

/**
 * Two builds from one configuration: the page (dist/app) and what Node runs (dist/node: the command line with gateway and
 * embedded node). Dependencies of the Node part stay in node_modules.
 */
export default defineConfig({
  plugins: [react(), precompress],
  base: './',
  // The page's policy allows no data: URLs.
  build: { target: 'es2023', assetsInlineLimit: 0 },
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
        copyPublicDir: false,
        rolldownOptions: {
          input: { main: 'src/cli/main.ts', 'crypto-worker': 'src/server/crypto/crypto-worker.ts' },
          output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        },
      },
    },
  },
  test: {
    include: ['src/**/*.spec.ts', 'e2e/unit/**/*.spec.ts'],
    environment: 'node',
    // Tests assert behaviour, not time: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
