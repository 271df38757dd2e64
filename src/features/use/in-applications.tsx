import { useState } from 'react';
import { type Usage, type UsageSnippet, usageSnippets } from '../../domain/usage-snippets.ts';
import { Card } from '../../ui/card.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { CodeBlock } from './code-block.tsx';
import css from './snippet.module.css';

/** A snippet for each official client, with this server's address and this certificate's names. */
export function InApplications(usage: Usage) {
  const [id, choose] = useState<UsageSnippet['id']>('csharp');
  const snippets = usageSnippets(usage);
  const snippet = snippets.find((one) => one.id === id);
  return (
    <Card className={css.stack} aria-labelledby="in-applications">
      <h2 id="in-applications">In an application</h2>
      <div className={css.choice}>
        <SegmentedControl
          label="Language"
          options={snippets.map((one) => ({ value: one.id, label: one.label }))}
          value={id}
          onChange={choose}
        />
      </div>
      {snippet === undefined ? null : (
        <>
          {snippet.before === '' ? null : (
            <CodeBlock code={snippet.before} label={`preparation for ${snippet.label}`} />
          )}
          <CodeBlock code={snippet.code} label={`snippet for ${snippet.label}`} />
          {snippet.notes.map((note) => (
            <p key={note} className={css.note}>
              {note}
            </p>
          ))}
        </>
      )}
    </Card>
  );
}
