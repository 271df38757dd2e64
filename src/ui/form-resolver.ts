import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';

/** What is wrong with a form's fields, in one sentence each; a field that is right is absent. */
export type FormProblems<Values> = Partial<Record<Extract<keyof Values, string>, string>>;

/** Lets react-hook-form ask a pure function for a form's problems. */
export const formResolver =
  <Values extends FieldValues>(validate: (values: Values) => FormProblems<Values>): Resolver<Values> =>
  (values) => {
    const errors = Object.fromEntries(
      Object.entries(validate(values)).map(([field, message]) => [field, { type: 'validate', message }]),
    );
    // The names are those of `Values`, which `Object.entries` forgets.
    return Object.keys(errors).length > 0
      ? { values: {}, errors: errors as FieldErrors<Values> }
      : { values, errors: {} };
  };

/** The sentences of react-hook-form's errors, by field. */
export const problemsOf = <Values extends FieldValues>(errors: FieldErrors<Values>): FormProblems<Values> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([field, error]) =>
      typeof error?.message === 'string' ? [[field, error.message]] : [],
    ),
  ) as FormProblems<Values>;
