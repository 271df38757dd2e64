import { useEffect, useRef } from 'react';
import { mount } from './mount.tsx';
import { type ConsoleOptions, type MountedConsole, noOptions } from './options.ts';

export type * from './options.ts';

/**
 * The console as a React component. Its options are its props; those that are fixed once mounted (`routing`, `basePath`,
 * `initialView`, `queryClient`) take a new `key` to change.
 */
export function CertificatesConsole(props: ConsoleOptions) {
  const element = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedConsole>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
    // A prop that went is an option left out.
    mounted.current?.update({ ...noOptions, ...props });
  });
  useEffect(() => {
    if (element.current === null) return undefined;
    const own = mount(element.current, latest.current);
    mounted.current = own;
    return () => {
      mounted.current = undefined;
      // React doesn't let one root go while it works on another.
      queueMicrotask(own.unmount);
    };
  }, []);
  return <div ref={element} />;
}
