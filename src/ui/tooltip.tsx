import type { ReactNode } from 'react';
import { useTooltip } from './use-tooltip.tsx';

/** Inline content with a tooltip, for what isn't a control (a cut-off text, a date). `text` must be available otherwise too. */
export function Tooltip({
  text,
  children,
  className,
}: {
  text: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}) {
  const { anchor, tip } = useTooltip(text);
  return (
    <span {...anchor} className={className}>
      {children}
      {tip}
    </span>
  );
}
