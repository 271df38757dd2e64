import { QueryClient } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { RavenApi } from '../api/client.ts';
import { App } from '../app/app.tsx';
import { leaveQueryClient } from '../app/query-client.ts';
import { browserPlaces, hashPlaces } from './address-places.ts';
import './embed.css';
import { makeHost, makeRouter } from './make-host.ts';
import { memoryPlaces } from './memory-places.ts';
import type { ConsoleOptions, MountedConsole } from './options.ts';
import { pathOnly, type Places } from './places.ts';
import { adoptStyles } from './styles.ts';

export type * from './options.ts';

function placesFor({ routing = 'memory', basePath = '/', initialView = '/' }: ConsoleOptions): Places {
  if (routing === 'browser') return browserPlaces(basePath, initialView);
  return routing === 'hash' ? hashPlaces(initialView) : memoryPlaces(initialView);
}

function setTokens({ style }: HTMLElement, tokens: ConsoleOptions['tokens'] = {}): void {
  for (const name of [...style].filter((property) => property.startsWith('--raven-'))) style.removeProperty(name);
  for (const [name, value] of Object.entries(tokens)) style.setProperty(name, value);
}

function checkLocale({ locale }: Partial<ConsoleOptions>): void {
  if (locale !== undefined) Intl.getCanonicalLocales(locale);
}

/**
 * Puts a console into an element, in a shadow root of its own, behind what is there. The element's width is the console's; it is as high
 * as its content and scrolls with whatever scrolls the element.
 * @throws TypeError without a `baseUrl`, RangeError for a `locale` that is no tag (so does `update`)
 */
export function mount(element: Element, initial: ConsoleOptions): MountedConsole {
  let options = initial;
  // JavaScript hosts have no compiler to tell them.
  if (typeof (options as Partial<ConsoleOptions>).baseUrl !== 'string')
    throw new TypeError(
      'mount needs the option baseUrl: what stands before RavenDB’s paths, such as /certificates/raven.',
    );
  checkLocale(options);
  const box = element.ownerDocument.createElement('div');
  const root = box.attachShadow({ mode: 'open' });
  const dropStyles = adoptStyles(root);
  const container = root.appendChild(element.ownerDocument.createElement('div'));
  const places = placesFor(options);
  const router = makeRouter(places);
  const shared = options.queryClient;
  const queryClient = shared ?? new QueryClient();
  const makeApi = (baseUrl: string): RavenApi => ({
    baseUrl: baseUrl.replace(/(?<!\/)\/+$/, ''),
    // Looked up at each request: a host may renew what its `fetch` sends.
    fetch: (...request) => (options.fetch ?? window.fetch)(...request),
    onSignInRequired: () => options.onSignInRequired?.(),
  });
  let api = makeApi(options.baseUrl);
  let arrived: { path: string; title: string } | undefined;
  const tell = (title: string) => {
    const place = { path: places.current(), title };
    if (arrived?.path === place.path && arrived.title === title) return;
    arrived = place;
    options.onNavigate?.(place);
  };
  // Filters of the list change the address of a view that stands already; another view tells by itself when it is there.
  const stopTelling = places.subscribe(() => {
    if (arrived !== undefined && pathOnly(arrived.path) === pathOnly(places.current())) tell(arrived.title);
  });
  element.append(box);
  const react = createRoot(container);
  const render = () => {
    setTokens(box, options.tokens);
    react.render(
      <App key={api.baseUrl} api={api} host={makeHost(options, { places, router, root, queryClient, tell })} />,
    );
  };
  render();
  let mounted = true;
  return {
    update: (change) => {
      if (!mounted) return;
      checkLocale(change);
      options = { ...options, ...change };
      if (options.baseUrl.replace(/(?<!\/)\/+$/, '') !== api.baseUrl) api = makeApi(options.baseUrl);
      render();
    },
    unmount: () => {
      if (!mounted) return;
      mounted = false;
      stopTelling();
      react.unmount();
      void leaveQueryClient(queryClient, shared !== undefined);
      dropStyles();
      box.remove();
    },
  };
}
