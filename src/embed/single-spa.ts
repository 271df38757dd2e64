import { mount as mountConsole } from './mount.tsx';
import type { ConsoleOptions, MountedConsole } from './options.ts';

export type * from './options.ts';

/** What single-spa hands to an application or parcel; the options are its custom props. */
export interface SingleSpaProps extends ConsoleOptions {
  /** Unique among all applications and parcels. */
  readonly name: string;
  /** Where to. Left out (applications): an element that is added to the body and goes with the application. */
  readonly domElement?: Element | undefined;
}

interface Running {
  readonly console: MountedConsole;
  readonly made: Element | undefined;
}

const running = new Map<string, Running>();

/** single-spa's own convention for the element of an application. */
const elementId = (name: string): string => `single-spa-application:${name}`;

function makeElement(name: string): Element {
  const element = document.createElement('div');
  element.id = elementId(name);
  document.body.append(element);
  return element;
}

export const bootstrap = (): Promise<void> => Promise.resolve();

// single-spa waits for what these return, whether they fail at once or later.
export async function mount(props: SingleSpaProps): Promise<void> {
  const there = props.domElement ?? document.getElementById(elementId(props.name));
  const made = there === null ? makeElement(props.name) : undefined;
  const element = there ?? made;
  if (element !== undefined) running.set(props.name, { console: mountConsole(element, props), made });
  return Promise.resolve();
}

export async function unmount({ name }: Pick<SingleSpaProps, 'name'>): Promise<void> {
  const own = running.get(name);
  running.delete(name);
  own?.console.unmount();
  own?.made?.remove();
  return Promise.resolve();
}

/** For parcels: changes the options that are named. */
export async function update({
  name,
  ...options
}: Pick<SingleSpaProps, 'name'> & Partial<ConsoleOptions>): Promise<void> {
  running.get(name)?.console.update(options);
  return Promise.resolve();
}
