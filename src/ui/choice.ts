import type { ReactNode } from 'react';

/** One of several, in radio cards and segmented controls. */
export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  description?: ReactNode;
  /** Why it can't be chosen: it stays visible and says this. */
  disabledReason?: string | undefined;
}
