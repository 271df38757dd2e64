import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Announcer } from './announcer.tsx';
import { cx } from './cx.ts';
import css from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { isFocusLost } from './is-focus-lost.ts';

/**
 * A modal dialog, open while it is rendered. It is the native one: focus stays in it and returns to the opener, Escape closes,
 * and it lives in the top layer of a document as of a shadow root. The first field (or `data-autofocus`) gets the focus.
 */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  title: string;
  onClose: () => void;
  wide?: boolean | undefined;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    dialog.showModal();
    const first =
      dialog.querySelector<HTMLElement>('[data-autofocus]') ??
      dialog.querySelector<HTMLElement>('[data-body] :is(input, select, textarea, button):not([type="hidden"])');
    first?.focus();
    return () => {
      // Only close() gives the focus back to the opener; removing the element doesn't.
      dialog.close();
      // An opener that went, or that there never was, leaves the focus in what closes: the view's heading gets it.
      const root = dialog.getRootNode() as Document | ShadowRoot;
      if (isFocusLost(dialog) || dialog.contains(root.activeElement))
        root.querySelector<HTMLElement>('main h1')?.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={cx(css.dialog, wide && css.wide)}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={css.head}>
        <h2 className={css.title} id={id}>
          {title}
        </h2>
        <IconButton icon="close" label="Close" onClick={onClose} />
      </div>
      {/* A live region outside of an open modal dialog stays silent: it has one of its own. */}
      <div className={css.body} data-body>
        <Announcer>{children}</Announcer>
      </div>
    </dialog>
  );
}
