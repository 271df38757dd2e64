import type { Certificate } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { overwriteChanges } from './overwrite-changes.ts';
import css from './upload.module.css';
import type { UploadForm } from './upload-form.ts';

/** Beside "registered already": what changes, the way to its details, and its settings as a start. */
export function Overwritten({
  entry,
  form,
  onTakeOver,
}: {
  entry: Certificate;
  form: UploadForm;
  onTakeOver: () => void;
}) {
  const changes = overwriteChanges(entry, form);
  return (
    <>
      {changes.length === 0 ? (
        <p>With the settings below, nothing of it changes.</p>
      ) : (
        <ul className={css.changes} aria-label="What changes">
          {changes.map(({ what, from, to }) => (
            <li key={what}>
              {what}: <del>{from || 'empty'}</del> → {to || 'empty'}
            </li>
          ))}
        </ul>
      )}
      <div className={css.ways}>
        <Button size="small" onClick={onTakeOver}>
          Take over its settings
        </Button>
        <Link to={`/certificates/${entry.thumbprint}`}>Show it</Link>
      </div>
    </>
  );
}
