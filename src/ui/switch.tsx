import { Checkbox, type CheckboxProps } from './checkbox.tsx';

/** A setting that is on or off. */
export function Switch(props: Omit<CheckboxProps, 'look' | 'indeterminate'>) {
  return <Checkbox {...props} look="switch" />;
}
