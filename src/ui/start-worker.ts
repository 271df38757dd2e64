interface ScriptUrlPolicy {
  createScriptURL: (url: string) => string;
}
interface TrustedTypesFactory {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

/** The page's one Trusted Types policy: it makes URLs of our own files and nothing else. */
function scriptUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  const own = (asked: string): string => {
    const { href, origin } = new URL(asked, document.baseURI);
    if (origin !== new URL(import.meta.url).origin) throw new TypeError('Workers are made of our own files only.');
    return href;
  };
  policy ??= factory?.createPolicy('raven-certificates', { createScriptURL: own }) ?? { createScriptURL: own };
  return policy.createScriptURL(url);
}

/**
 * Starts a module worker. `url` comes from an import with `?worker&url`.
 * @throws when the page's policy or origin doesn't allow it: do the work in the page then
 */
export function startWorker(url: string): Worker {
  return new Worker(scriptUrl(url), { type: 'module' });
}
