/**
 * What the console's gateway wants to see with each request, beside the cookie (src/gateway/sessions.ts): the session's secret, which
 * the sign-in left here for this origin, and whether somebody did something since the last request. What the page asks by itself keeps no
 * session alive. Where no gateway signed in (the node's own page) nothing is added.
 */
const secretKey = 'raven-certificates-session';

/** A sign-in's answer is the page itself with the secret in it: taken out, kept, and the used link gone from the address. */
const fresh = document.querySelector<HTMLMetaElement>('meta[name="raven-session"]');
if (fresh !== null) {
  fresh.remove();
  history.replaceState(null, '', document.baseURI);
  try {
    localStorage.setItem(secretKey, fresh.content);
  } catch {
    // Where nothing may be stored the session lasts until the page is left.
  }
}

/** Loading the page is somebody's doing. */
let active = true;
const act = ({ isTrusted }: Event): void => {
  if (isTrusted) active = true;
};
for (const type of ['keydown', 'pointerdown', 'wheel'])
  window.addEventListener(type, act, { capture: true, passive: true });

/** Read each time: another tab may have signed in again. */
function secret(): string | null {
  try {
    return localStorage.getItem(secretKey);
  } catch {
    return fresh?.content ?? null;
  }
}

export const consoleFetch: typeof window.fetch = (input, init) => {
  const shown = secret();
  if (shown === null) return window.fetch(input, init);
  const headers = new Headers(init?.headers);
  headers.set('Raven-Certificates-Session', shown);
  if (active) headers.set('Raven-Certificates-Active', '1');
  active = false;
  return window.fetch(input, { ...init, headers });
};
