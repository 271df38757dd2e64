// First, as it doesn't wait for the others.
import { baseUrl, fetchEarly } from './early-list.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';
import { App } from './app.tsx';
import { pageHost } from './page-host.ts';

const api = { baseUrl, fetch: fetchEarly };
/** There is one to sign out of where the gateway serves the page. */
const signOut = baseUrl.endsWith('/raven') ? `${baseUrl.slice(0, -'raven'.length)}gateway/sign-out` : undefined;
const root = document.getElementById('root');
if (root !== null) {
  // A page that the browser kept shows what it showed; who signed out meanwhile isn't to see it.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
  // The list puts itself back where it was left.
  window.history.scrollRestoration = 'manual';
  createRoot(root).render(
    <StrictMode>
      <App api={api} host={pageHost(new URL(document.baseURI).pathname.replace(/\/$/, ''), signOut)} />
    </StrictMode>,
  );
}
