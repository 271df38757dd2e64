import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const project = fileURLToPath(new URL('../..', import.meta.url));

/** The environment without what somebody set for a console of their own. */
export function cleanEnvironment(more = {}) {
  const own = Object.entries(process.env).filter(([name]) => !/^RAVEN(_CERTIFICATES_|DB_)/.test(name));
  return { ...Object.fromEntries(own), ...more };
}

/** `NAME=value` lines as an object. */
export const parseEnv = (text) =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
