import { type ReactNode, type SubmitEvent, useState } from 'react';
import { Button } from './button.tsx';
import css from './dialog.module.css';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

/** An error as a person reads it. */
export interface ErrorTexts {
  title: string;
  /** What to do next. */
  next?: string | undefined;
}

/**
 * A dialog that asks and then does one thing. It owns the submit: while `onSubmit` runs the button is busy, when it rejects the
 * dialog stays with all that was typed and shows what `explainError` makes of it; nobody else needs to show that error. Closing is the caller's
 * part, when `onSubmit` succeeded.
 */
export function FormDialog({
  title,
  submitLabel,
  cancelLabel = 'Cancel',
  tone = 'primary',
  submitDisabledReason,
  focusSubmit = false,
  wide,
  onSubmit,
  onClose,
  explainError,
  children,
}: {
  title: string;
  submitLabel: string;
  cancelLabel?: string;
  tone?: 'primary' | 'danger';
  submitDisabledReason?: string | undefined;
  /** The focus starts on the button that does it: for what is asked only to be understood, and can be undone. */
  focusSubmit?: boolean;
  wide?: boolean | undefined;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  explainError: (error: unknown) => ErrorTexts;
  children?: ReactNode;
}) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorTexts>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (pending || submitDisabledReason !== undefined) return;
    setPending(true);
    setError(undefined);
    try {
      await onSubmit();
    } catch (failure) {
      setError(explainError(failure));
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose} wide={wide}>
      <form noValidate onSubmit={(event) => void submit(event)} style={{ display: 'contents' }}>
        {children}
        {error === undefined ? null : (
          <Notice tone="error" title={error.title}>
            {error.next}
          </Notice>
        )}
        <div className={css.foot}>
          <Button onClick={onClose} data-autofocus={tone === 'danger' ? '' : undefined}>
            {cancelLabel}
          </Button>
          <Button
            type="submit"
            variant={tone === 'danger' ? 'danger-solid' : 'primary'}
            pending={pending}
            disabledReason={submitDisabledReason}
            data-autofocus={focusSubmit ? '' : undefined}
          >
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
