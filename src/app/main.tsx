import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';
import { App } from './app.tsx';
import { pageHost } from './page-host.ts';

/** The page's entry: who serves it fills in `<base>` and where the API is. */
const api = {
  baseUrl: document.querySelector<HTMLMetaElement>('meta[name="raven-api"]')?.content ?? '',
  fetch: window.fetch.bind(window),
};
const root = document.getElementById('root');
if (root !== null) {
  // The list puts itself back where it was left.
  window.history.scrollRestoration = 'manual';
  createRoot(root).render(
    <StrictMode>
      <App api={api} host={pageHost(new URL(document.baseURI).pathname.replace(/\/$/, ''))} />
    </StrictMode>,
  );
}
