import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { project } from './project.mjs';

/** Before all specs: the crypto worker is built once, instead of in every thread of every node that a spec starts. */
export default async function setup() {
  // Inside the project, where its imports are found.
  const cache = join(project, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'crypto-worker-'));
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'node20',
      ssr: 'src/server/crypto/crypto-worker.ts',
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'crypto-worker.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  process.env.CRYPTO_WORKER = pathToFileURL(join(folder, 'crypto-worker.mjs')).href;
  return () => rm(folder, { recursive: true, force: true });
}
