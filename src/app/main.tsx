// First, as it doesn't wait for the others.
import { baseUrl, fetchEarly } from './early-list.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';
import { App } from './app.tsx';
import { pageHost } from './page-host.ts';

const api = { baseUrl, fetch: fetchEarly };
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
