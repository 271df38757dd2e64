import { Fragment } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Switch } from '../ui/switch.tsx';
import css from './keyboard-sheet.module.css';

const sheet = [
  [['/'], 'Search the list'],
  [['↑', '↓'], 'Row before, row after'],
  [['Page ↑', 'Page ↓'], 'A screen back or on'],
  [['Home', 'End'], 'First row, last row'],
  [['←', '→'], 'The row’s buttons'],
  [['Enter'], 'Open the certificate'],
  [['Space', 'Shift Space'], 'Select it, or all up to it'],
  [['Ctrl A'], 'Select all that is shown'],
  [['g'], 'Generate a certificate'],
  [['u'], 'Upload a certificate'],
  [['?'], 'This sheet'],
  [['Esc'], 'Close a dialog or menu'],
] as const;

/** What the keyboard can do, and the switch for single-key shortcuts. */
export function KeyboardSheet({
  shortcuts,
  onShortcuts,
  onClose,
}: {
  shortcuts: boolean;
  onShortcuts: (on: boolean) => void;
  onClose: () => void;
}) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className={css.keys}>
        {sheet.map(([keys, text]) => (
          <Fragment key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
      <Switch
        label="Single-key shortcuts"
        hint="The keys / g u and ? can be in the way of speech input. Arrows, Enter and Escape always work."
        checked={shortcuts}
        onChange={(event) => onShortcuts(event.target.checked)}
      />
    </Dialog>
  );
}
