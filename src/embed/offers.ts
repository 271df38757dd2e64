import type { Capability, ConsoleOptions } from './options.ts';

/** What in a path belongs to which part. */
const parts: readonly (readonly [Capability, RegExp])[] = [
  ['generate', /^\/generate(?:$|[/?])/],
  // A rotation issues one certificate and deletes another.
  ['generate', /\/rotate(?:$|\?)/],
  ['delete', /\/rotate(?:$|\?)/],
  ['upload', /^\/upload(?:$|[/?])/],
  ['edit', /^\/certificates\/[^/]+\/edit(?:$|\?)/],
  ['edit', /^\/bulk\?(?:.*&)?do=(?:grant|revoke)(?:&|$)/],
  ['usage', /^\/certificates\/[^/]+\/use(?:$|\?)/],
  ['delete', /[?&]do=delete(?:&|$)/],
  ['disable', /[?&]do=(?:en|dis)able(?:&|$)/],
  ['server', /^\/server(?:$|[/?])/],
  ['history', /\/history(?:$|\?)/],
];

/** Whether a path (with its search) is shown under these capabilities. */
export function makeOffers(capabilities: ConsoleOptions['capabilities'] = {}): (path: string) => boolean {
  const hidden = parts.filter(([part]) => capabilities[part] === false).map(([, pattern]) => pattern);
  return (path) => !hidden.some((pattern) => pattern.test(path));
}
