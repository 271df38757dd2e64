import { explainError } from './explain-error.ts';

/** An error in two parts, for a notice or a dialog: what happened (`title`), and all that helps from there (`next`; may be empty). */
export function errorTexts(error: unknown): { title: string; next: string } {
  const { title, detail, advice } = explainError(error);
  return { title, next: [detail, advice].filter(Boolean).join(' ') };
}
