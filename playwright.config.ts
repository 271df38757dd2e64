import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './e2e/run/browser.mjs';

/** A real server is one for all; embedded nodes are one a worker. */
const real = process.env.RAVEN_ENV_FILE !== undefined;
const results = process.env.E2E_RESULTS;

export default defineConfig({
  testDir: process.env.E2E_TESTS ?? 'e2e/specs',
  outputDir: 'test-results',
  workers: real ? 1 : 2,
  forbidOnly: process.env.CI !== undefined,
  // A machine that is busy with something else is no failure; what only passes the second time is said so.
  retries: process.env.CI === undefined ? 0 : 1,
  // Two cores that also lint and run the unit tests take half an hour.
  globalTimeout: process.env.CI === undefined ? 0 : 50 * 60_000,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: results === undefined ? 'list' : [['list'], ['json', { outputFile: results }]],
  use: {
    launchOptions: { executablePath: await findBrowser(), args: browserArguments },
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: process.env.TEST_TIME_ZONE ?? 'UTC',
    // Recording every test costs a good part of the time; what is tried again is what one wants to look at.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
});
