import { type ReactNode, useEffect, useState } from 'react';
import { FormDialog } from './form-dialog.tsx';
import { useNavigation } from './navigation.ts';

/**
 * Asks before a view with unsaved work is left: by a link, by the browser's back, or by closing the page (there the browser asks in its
 * own words).
 */
export function LeaveGuard({
  when,
  title,
  onLeave,
  children,
}: {
  when: boolean;
  title: string;
  /** Somebody chose to leave, before it happens. */
  onLeave?: () => void;
  children: ReactNode;
}) {
  const { hold } = useNavigation();
  const [held, setHeld] = useState<{ leave: () => void } | null>(null);
  const [leaving, setLeaving] = useState(false);
  const on = when && !leaving;
  useEffect(() => {
    if (!on) return undefined;
    const release = hold((leave) => setHeld({ leave }));
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      release();
      window.removeEventListener('beforeunload', ask);
    };
  }, [on, hold]);
  useEffect(() => {
    // Once nothing holds any more.
    if (leaving) held?.leave();
  }, [leaving, held]);
  if (held === null || leaving) return null;
  return (
    <FormDialog
      title={title}
      tone="danger"
      submitLabel="Leave"
      cancelLabel="Stay"
      onSubmit={() => {
        onLeave?.();
        setLeaving(true);
        return Promise.resolve();
      }}
      onClose={() => setHeld(null)}
      explainError={() => ({ title: 'That didn’t work' })}
    >
      {children}
    </FormDialog>
  );
}
