import { type ReactNode, createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import css from './toasts.module.css';

export interface Toast {
  text: string;
  tone?: 'success' | 'error' | undefined;
  action?: { label: string; onSelect: () => void } | undefined;
}

const showFor = 8_000;

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a toast: for what succeeded out of sight, or failed without a form that could say so. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

/**
 * Holds the toasts, the newest last, in the top layer. Each is announced, goes after 8 s (not while the pointer or the focus is on
 * one of them) and can be closed; errors stay until closed.
 */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (Toast & { id: number })[]>([]);
  const [held, setHeld] = useState(false);
  const region = useRef<HTMLDivElement>(null);
  const next = useRef(0);
  const show = useCallback((toast: Toast) => {
    const id = next.current++;
    setToasts((before) => [...before.slice(-3), { ...toast, id }]);
  }, []);
  const drop = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id));
  useEffect(() => {
    const popover = region.current;
    if (popover === null) return;
    // Shown anew with each toast, so that it stands above a dialog opened since.
    popover.hidePopover();
    if (toasts.length > 0) popover.showPopover();
  }, [toasts]);
  const passing = toasts.find((toast) => toast.tone !== 'error');
  useEffect(() => {
    if (passing === undefined || held) return undefined;
    const timer = setTimeout(() => drop(passing.id), showFor);
    return () => clearTimeout(timer);
  }, [passing, held]);
  return (
    <ToastContext value={show}>
      {children}
      <div
        ref={region}
        popover="manual"
        className={css.region}
        role="region"
        aria-label="Notifications"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        {toasts.map((toast) => (
          <div key={toast.id} className={cx(css.toast, toast.tone && css[toast.tone])}>
            <span className={css.mark}>
              <Icon name={toast.tone ?? 'info'} />
            </span>
            <span className={css.text} role={toast.tone === 'error' ? 'alert' : 'status'}>
              {toast.text}
            </span>
            {toast.action === undefined ? null : (
              <Button
                size="small"
                className={css.action}
                onClick={() => {
                  drop(toast.id);
                  toast.action?.onSelect();
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <IconButton icon="close" label="Close notification" onClick={() => drop(toast.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
