import type { Certificate } from '../../api/types.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { SettingsChange } from '../../domain/certificate-settings.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { AlsoChanged } from './also-changed.tsx';
import type { Consequence } from './consequences.ts';
import css from './edit.module.css';

/** Fewer fit on any screen that is wide enough for two columns. */
const scrolling = 5;

/** Beside the form: what saving changes, what follows from it, and the button. */
export function Summary({
  formId,
  entry,
  members,
  raises,
  changes,
  consequences,
  blocked,
  pending,
  label,
}: {
  formId: string;
  entry: CertificateEntry;
  /** Other certificates of its collection. */
  members: readonly Certificate[];
  /** Saving gives some of them more than they have. */
  raises: boolean;
  changes: readonly SettingsChange[];
  consequences: readonly Consequence[];
  /** Why it can't be saved now. */
  blocked: string | undefined;
  pending: boolean;
  label: string;
}) {
  return (
    <Card className={css.summary} aria-labelledby={`${formId}-summary`}>
      <h2 id={`${formId}-summary`}>What changes</h2>
      {changes.length === 0 ? (
        <p className={css.nothing}>Nothing yet.</p>
      ) : (
        <ul className={css.changes} aria-label="Changes" tabIndex={changes.length > scrolling ? 0 : undefined}>
          {changes.map(({ key, what, from, to }) => (
            <li key={key} className={css.change}>
              <span className={css.what}>{what}</span>
              <span>
                <del className={css.from}>{from}</del> → <ins className={css.to}>{to}</ins>
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes.length === 0 ? null : (
        <ul className={css.consequences} aria-label="What follows">
          {consequences.map(({ text, grave }) => (
            <li key={text} className={grave ? css.grave : undefined}>
              <Icon name={grave ? 'warning' : 'info'} size={14} />
              <span>{text}</span>
            </li>
          ))}
          {members.length === 0 ? null : <AlsoChanged entry={entry} members={members} grave={raises} />}
        </ul>
      )}
      <div className={css.buttons}>
        <Button type="submit" form={formId} variant="primary" wide pending={pending} disabledReason={blocked}>
          {label}
        </Button>
        <LinkButton wide to={`/certificates/${entry.thumbprint}`}>
          Cancel
        </LinkButton>
      </div>
    </Card>
  );
}
