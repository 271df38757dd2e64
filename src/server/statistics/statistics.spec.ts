import { expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { Statistics } from './statistics.ts';

it('the last use of strangers is kept of the last few only, that of registered certificates of all', () => {
  const statistics = new Statistics();
  const count = 10 * limits.strangersNoted;
  for (let i = 0; i < count; i++) {
    statistics.note(`STRANGER${i}`, false, false, false);
    statistics.note(`KNOWN${i}`, true, true, false);
  }
  const noted = new Set([...statistics.perCertificate()].map(([thumbprint]) => thumbprint));
  expect(noted.size).toBe(count + limits.strangersNoted);
  for (let i = 0; i < count; i++) expect(noted.has(`KNOWN${i}`)).toBe(true);
  expect(noted.has(`STRANGER${count - 1}`)).toBe(true);
  // A stranger who was registered meanwhile is noted once.
  statistics.note(`STRANGER${count - 1}`, true, true, false);
  expect([...statistics.perCertificate()]).toHaveLength(noted.size);
});
