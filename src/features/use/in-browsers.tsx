import { useState } from 'react';
import { type BrowserSteps, browserSteps } from '../../domain/usage-snippets.ts';
import { Card } from '../../ui/card.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import css from './snippet.module.css';

/** The browser that this page stands in, as far as it says. */
function thisBrowser(): BrowserSteps['id'] {
  const agent = navigator.userAgent;
  if (agent.includes('Firefox/')) return 'firefox';
  return agent.includes('Safari/') && !agent.includes('Chrome/') ? 'safari' : 'chrome';
}

/** How a browser is given the certificate, step by step. */
export function InBrowsers({ name }: { name: string }) {
  const [id, choose] = useState(thisBrowser);
  const browsers = browserSteps(name);
  return (
    <Card className={css.stack} aria-labelledby="in-browsers">
      <h2 id="in-browsers">In a browser</h2>
      <p className={css.note}>
        For RavenDB Studio and the server’s own pages. This console needs none of it: it reads the .pfx file where it
        runs.
      </p>
      <div className={css.choice}>
        <SegmentedControl
          label="Browser"
          options={browsers.map((one) => ({ value: one.id, label: one.label }))}
          value={id}
          onChange={choose}
        />
      </div>
      <ol className={css.steps}>
        {browsers
          .find((one) => one.id === id)
          ?.steps.map((step) => (
            <li key={step}>
              <span>{step}</span>
            </li>
          ))}
      </ol>
    </Card>
  );
}
