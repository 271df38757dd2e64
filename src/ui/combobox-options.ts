/** One suggestion. */
export interface ComboboxOption {
  value: string;
  /** Beside the value, in small. */
  detail?: string | undefined;
}

/** How many are drawn at most; typing narrows. */
export const shownOptions = 100;

/**
 * The suggestions for what was typed: those that start with it first, then those that hold it, each group in the given order,
 * at most {@link shownOptions}. Upper and lower case are the same.
 */
export function matchOptions(options: readonly ComboboxOption[], typed: string): ComboboxOption[] {
  const text = typed.trim().toLowerCase();
  if (text === '') return options.slice(0, shownOptions);
  const starting: ComboboxOption[] = [];
  const holding: ComboboxOption[] = [];
  for (const option of options) {
    const at = option.value.toLowerCase().indexOf(text);
    if (at === 0) starting.push(option);
    else if (at > 0) holding.push(option);
  }
  return [...starting, ...holding].slice(0, shownOptions);
}

/** Whether the typed text may become an entry of its own: not empty, and no option has that name. */
export function isNewOption(options: readonly ComboboxOption[], typed: string): boolean {
  const text = typed.trim().toLowerCase();
  return text !== '' && !options.some((option) => option.value.toLowerCase() === text);
}
