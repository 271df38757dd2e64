import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient } from '@tanstack/react-query';
import { CertificatesConsole } from 'raven-certificates';

const { shared = false, ...options } = window.consoleOptions ?? {};
const queryClient = new QueryClient();
queryClient.setQueryData(['the portal’s own'], 'kept');
window.cache = queryClient.getQueryCache();

function Portal() {
  const [open, setOpen] = useState(true);
  const [theme, setTheme] = useState('light');
  const [log, setLog] = useState([]);
  const note = (text) => setLog((before) => [...before, text]);
  return (
    <>
      <h1>A React portal</h1>
      <button type="button" onClick={() => setOpen(!open)}>
        {open ? 'Close certificates' : 'Open certificates'}
      </button>
      <button type="button" onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}>
        Portal theme
      </button>
      <ol aria-label="Log">
        {log.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ol>
      {open ? (
        <CertificatesConsole
          baseUrl="/certificates/raven"
          theme={theme}
          onNavigate={({ path, title }) => note(`at ${path}: ${title}`)}
          onEvent={({ type, thumbprint }) => note(`${type} ${thumbprint}`)}
          onSignInRequired={() => note('sign in')}
          {...(shared ? { queryClient } : {})}
          {...options}
        />
      ) : null}
    </>
  );
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
