import { useRef } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useShortcut } from '../../ui/shortcuts.ts';
import css from './list-filters.module.css';

/** Searches names and thumbprints; `/` goes there, Escape empties it, ↓ goes on to the rows. */
export function ListSearchField({
  text,
  onType,
  onLeave,
  onDown,
}: {
  text: string;
  onType: (text: string) => void;
  onLeave: () => void;
  onDown: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => {
    input.current?.focus();
    input.current?.select();
  });
  return (
    <div className={css.search} role="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search by name or thumbprint"
        placeholder="Name or thumbprint"
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        value={text}
        onChange={(event) => onType(event.target.value)}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            onType('');
          } else if (event.key === 'ArrowDown') {
            event.preventDefault();
            onDown();
          }
        }}
      />
      {text === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <IconButton
          className={css.clear}
          icon="close"
          label="Clear search"
          onClick={() => {
            onType('');
            input.current?.focus();
          }}
        />
      )}
    </div>
  );
}
