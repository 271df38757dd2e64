import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import dialogCss from './dialog.module.css';
import { Dialog } from './dialog.tsx';

/** Where somebody was about to go: an entry of the history, or an address of this page. */
type Target = { readonly key: string } | { readonly url: string };

export interface LeaveGuard {
  /** Asks before leaving; render it anywhere in the view. */
  readonly dialog: ReactNode;
  /** Lets the next navigation pass: what was typed has been saved. */
  readonly release: () => void;
}

/**
 * While `active`, asks before a link, the back button, or closing the tab takes away what was typed. Inside the page it listens to the
 * browser's Navigation API, which sees every way out, a host page's router included; browsers without it guard the tab only.
 */
export function useLeaveGuard(
  active: boolean,
  { title, text, leaveLabel, stayLabel }: { title: string; text: string; leaveLabel: string; stayLabel: string },
): LeaveGuard {
  const [target, setTarget] = useState<Target>();
  const released = useRef(false);
  useEffect(() => {
    if (!active) return undefined;
    released.current = false;
    const unloading = (event: BeforeUnloadEvent) => {
      if (!released.current) event.preventDefault();
    };
    const navigating = (event: NavigateEvent) => {
      const { destination } = event;
      if (released.current || !event.cancelable || !destination.sameDocument || event.hashChange) return;
      if (new URL(destination.url).pathname === window.location.pathname) return;
      event.preventDefault();
      setTarget(event.navigationType === 'traverse' ? { key: destination.key } : { url: destination.url });
    };
    window.addEventListener('beforeunload', unloading);
    const browser = (window as { navigation?: Navigation }).navigation;
    browser?.addEventListener('navigate', navigating);
    return () => {
      window.removeEventListener('beforeunload', unloading);
      browser?.removeEventListener('navigate', navigating);
    };
  }, [active]);
  const stay = () => setTarget(undefined);
  const leave = () => {
    released.current = true;
    setTarget(undefined);
    if (target === undefined) return;
    if ('url' in target) window.history.pushState(null, '', target.url);
    else window.navigation.traverseTo(target.key);
  };
  return {
    release: () => {
      released.current = true;
    },
    dialog:
      target === undefined ? null : (
        <Dialog title={title} onClose={stay}>
          <p>{text}</p>
          <div className={dialogCss.foot}>
            <Button variant="danger" onClick={leave}>
              {leaveLabel}
            </Button>
            <Button variant="primary" onClick={stay} data-autofocus="">
              {stayLabel}
            </Button>
          </div>
        </Dialog>
      ),
  };
}
