import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import css from './dialog.module.css';
import { Dialog } from './dialog.tsx';

/** A dialog that only says something. */
export function MessageDialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      <div className={css.foot}>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
