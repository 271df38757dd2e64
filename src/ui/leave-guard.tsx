import { type ReactNode, useEffect, useState } from 'react';
import { FormDialog } from './form-dialog.tsx';

/**
 * Asks before a view with unsaved work is left: by a link, by the browser's back, or by closing the page (there the browser asks in its
 * own words). Rests on the Navigation API; where a browser lacks it, closing and reloading are still asked about.
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
  const [held, setHeld] = useState<NavigationDestination | null>(null);
  const [leaving, setLeaving] = useState(false);
  const on = when && !leaving;
  useEffect(() => {
    if (!on) return undefined;
    const { navigation } = window as { navigation?: Navigation };
    const hold = (event: NavigateEvent) => {
      const { destination } = event;
      const samePage = new URL(destination.url).pathname === window.location.pathname;
      if (!event.cancelable || !destination.sameDocument || samePage) return;
      event.preventDefault();
      setHeld(destination);
    };
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    navigation?.addEventListener('navigate', hold);
    window.addEventListener('beforeunload', ask);
    return () => {
      navigation?.removeEventListener('navigate', hold);
      window.removeEventListener('beforeunload', ask);
    };
  }, [on]);
  useEffect(() => {
    if (!leaving || held === null) return;
    // The router listens to history; the Navigation API's own way would load the page anew.
    if (held.index >= 0) window.navigation.traverseTo(held.key);
    else window.history.pushState(null, '', held.url);
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
