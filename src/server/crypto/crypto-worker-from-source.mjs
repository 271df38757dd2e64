// Development and tests only: Node 20 can't run TypeScript, so Vite loads the worker's source. The build has crypto-worker.mjs.
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { createServer } from 'vite';

// Vite takes a moment; what the pool sends meanwhile must not get lost.
const early = [];
const keep = (message) => early.push(message);
parentPort.on('message', keep);
// The server stays for the imports that the worker makes later. It listens to nothing and ends with the thread.
const vite = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false, hmr: false },
});
await vite.ssrLoadModule(fileURLToPath(new URL('./crypto-worker.ts', import.meta.url)));
parentPort.off('message', keep);
for (const message of early) parentPort.emit('message', message);
