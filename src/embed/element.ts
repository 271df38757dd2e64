import { mount } from './mount.tsx';
import { type Capability, type ConsoleOptions, type MountedConsole, noOptions } from './options.ts';

export type * from './options.ts';

const attributes = {
  'base-url': 'baseUrl',
  routing: 'routing',
  'base-path': 'basePath',
  'initial-view': 'initialView',
  theme: 'theme',
  locale: 'locale',
} as const satisfies Record<string, keyof ConsoleOptions>;

/** On a server there are no elements; importing this there must not fail. */
const Base =
  (globalThis as { HTMLElement?: typeof HTMLElement }).HTMLElement ?? (Object as unknown as typeof HTMLElement);

/**
 * `<raven-certificates base-url="/certificates/raven">`. What is text is an attribute (`base-url`, `routing`, `base-path`,
 * `initial-view`, `theme`, `locale`, and `hide` with parts to hide between spaces), the rest is set by the property `options`, which wins.
 * Sends `raven-navigate`, `raven-event` and `raven-sign-in-required` with what the callbacks get as `detail`.
 */
export class RavenCertificatesElement extends Base {
  static readonly observedAttributes = [...Object.keys(attributes), 'hide'];

  #options: Partial<ConsoleOptions> = {};
  #mounted: MountedConsole | undefined;

  get options(): Partial<ConsoleOptions> {
    return this.#options;
  }

  set options(options: Partial<ConsoleOptions>) {
    this.#options = options;
    this.#change();
  }

  connectedCallback(): void {
    // Set before this element was defined, it would hide the property.
    const early = Object.getOwnPropertyDescriptor(this, 'options')?.value as Partial<ConsoleOptions> | undefined;
    if (early !== undefined) {
      delete (this as Partial<this>).options;
      this.#options = early;
    }
    this.#change();
  }

  disconnectedCallback(): void {
    // An element that is only moved keeps its console.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#mounted?.unmount();
      this.#mounted = undefined;
    });
  }

  attributeChangedCallback(): void {
    this.#change();
  }

  #change(): void {
    if (!this.isConnected) return;
    const options = this.#read();
    // Without an address there is nothing to show yet: frameworks set attributes one by one.
    if (options.baseUrl === undefined) return;
    if (this.#mounted === undefined) this.#mounted = mount(this, { ...options, baseUrl: options.baseUrl });
    else this.#mounted.update(options);
  }

  #read(): Partial<ConsoleOptions> {
    const texts = Object.entries(attributes).map(([name, option]) => [option, this.getAttribute(name) ?? undefined]);
    const hidden = (this.getAttribute('hide') ?? '').split(/\s+/).filter(Boolean) as Capability[];
    const own = this.#options;
    return {
      ...noOptions,
      ...(Object.fromEntries(texts) as Partial<ConsoleOptions>),
      capabilities: Object.fromEntries(hidden.map((part) => [part, false])),
      ...own,
      onNavigate: (place) => {
        own.onNavigate?.(place);
        this.#send('raven-navigate', place);
      },
      onEvent: (event) => {
        own.onEvent?.(event);
        this.#send('raven-event', event);
      },
      onSignInRequired: () => {
        own.onSignInRequired?.();
        this.#send('raven-sign-in-required', undefined);
      },
    };
  }

  #send(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

const { customElements } = globalThis as { customElements?: CustomElementRegistry };
if (customElements?.get('raven-certificates') === undefined)
  customElements?.define('raven-certificates', RavenCertificatesElement);

declare global {
  interface HTMLElementTagNameMap {
    'raven-certificates': RavenCertificatesElement;
  }
}
