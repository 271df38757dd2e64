import { useEffect } from 'react';
import { numberText } from '../../domain/time-text.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import css from './list-dock.module.css';

/** The list has changed elsewhere, and showing it would move what somebody is looking at: it waits for this button. */
export function ListChanges({ changes, onShow }: { changes: number; onShow: () => void }) {
  const announce = useAnnounce();
  const text =
    changes === 0
      ? 'The order has changed'
      : `${numberText(changes)} ${changes === 1 ? 'certificate has' : 'certificates have'} changed`;
  useEffect(() => announce(text), [announce, text]);
  return (
    <Button className={css.changes} icon="refresh" onClick={onShow}>
      {text} <b>Show</b>
    </Button>
  );
}
