import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react';

/** A component that may have to be loaded first. */
export type OnDemand<Props> = ComponentType<Props> & {
  /** Loads it ahead. Rejects when that fails; the next call tries again. */
  load: () => Promise<unknown>;
};

/**
 * A component whose code comes when it is first drawn, or ahead. Not React's `lazy`: what follows a Suspense fallback, even an empty one,
 * is held back for 300 ms, though the code is there. A failure to load is thrown while drawing, for the error boundary.
 * @param load resolves to the component @param fallback stands there until it has
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
): OnDemand<Props> {
  let loaded: ComponentType<Props> | undefined;
  const ask = async () => (loaded ??= await load());
  function Loading(props: Props) {
    const [component, setComponent] = useState(() => loaded);
    const [failure, setFailure] = useState<Error>();
    useEffect(() => {
      if (component !== undefined) return undefined;
      let current = true;
      ask().then(
        (came) => current && setComponent(() => came),
        (error: unknown) => current && setFailure(error instanceof Error ? error : new Error(String(error))),
      );
      return () => {
        current = false;
      };
    }, [component]);
    if (failure !== undefined) throw failure;
    return component === undefined ? fallback : createElement(component, props);
  }
  return Object.assign(Loading, { load: ask });
}
