import { useEffect, useState } from 'react';
import { useAnnounce } from './announcer.tsx';
import { Button, type ButtonProps } from './button.tsx';

const texts = {
  idle: '',
  copied: 'Copied',
  failed: 'The browser refused to copy: select the text and copy it',
} as const;

/**
 * Copies `text` and says so, on the button and to screen readers.
 * `label` names what is copied: "Copy thumbprint". With `compact` only the icon shows.
 */
export function CopyButton({
  text,
  label,
  compact = false,
  ...rest
}: Omit<ButtonProps, 'onClick' | 'children' | 'icon'> & {
  text: string | (() => string);
  label: string;
  compact?: boolean;
}) {
  const announce = useAnnounce();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 2_500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setState('copied');
      announce(texts.copied);
    } catch {
      setState('failed');
      announce(texts.failed);
    }
  };
  const said = texts[state];
  return (
    <Button
      variant="quiet"
      tooltip={said || (compact ? label : '')}
      {...rest}
      icon={state === 'copied' ? 'check' : 'copy'}
      size={compact ? 'icon' : (rest.size ?? 'small')}
      aria-label={label}
      data-copied={state === 'idle' ? undefined : ''}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    >
      {compact ? null : state === 'copied' ? 'Copied' : 'Copy'}
    </Button>
  );
}
