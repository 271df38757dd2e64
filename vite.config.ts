import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
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
 * The first view's code in one file instead of half a dozen: lazy views would pull what they share with it into files of their own, and
 * each costs a request before anything is drawn. Only `early` stays apart and comes first: it asks for data while the rest is read.
 */
function firstLoad(early: string): Plugin {
  const modules = new Set<string>();
  let file = '';
  return {
    name: 'first-load',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    config: () => ({
      environments: {
        client: {
          build: {
            rolldownOptions: {
              output: {
                codeSplitting: {
                  groups: [
                    { name: 'early', test: (id) => id.endsWith(early), priority: 1 },
                    { name: 'index', test: (id) => modules.has(id) },
                  ],
                },
              },
            },
          },
        },
      },
    }),
    buildEnd() {
      const left = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry === true);
      for (const id of left) {
        if (modules.has(id)) continue;
        modules.add(id);
        left.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
    generateBundle(_, bundle) {
      file = Object.values(bundle).find((made) => made.type === 'chunk' && made.name === 'early')?.fileName ?? '';
    },
    transformIndexHtml: {
      order: 'post',
      // Behind <base>; `async` lets it run without waiting for the others.
      handler: () => [
        {
          tag: 'script',
          attrs: { type: 'module', async: true, crossorigin: true, src: `./${file}` },
          injectTo: 'head',
        },
      ],
    },
  };
}

/**
 * Two builds from one configuration: the page (dist/app) and what Node runs (dist/node: the command line with gateway and
 * embedded node). Dependencies of the Node part stay in node_modules.
 */
export default defineConfig({
  plugins: [react(), firstLoad('src/app/early-list.ts'), precompress],
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
    globalSetup: 'e2e/run/vitest-setup.mjs',
    // Specs wait a good part of their time: two cores have work for two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Tests assert behaviour, not time: a busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
