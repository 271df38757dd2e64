// Specs only: Node 20 can't run TypeScript, so that the worker is built before them (e2e/run/vitest-setup.mjs). The build has crypto-worker.mjs.
await import(process.env.CRYPTO_WORKER);
