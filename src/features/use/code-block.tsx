import { CopyButton } from '../../ui/copy-button.tsx';
import css from './snippet.module.css';

/** Code to copy; scrolls sideways by keyboard too. @param label names it: "Copy …" */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={css.block}>
      <pre className={css.code} tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
      <div className={css.copy}>
        <CopyButton text={code} label={`Copy ${label}`} compact />
      </div>
    </div>
  );
}
