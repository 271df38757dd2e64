import { useCallback, useMemo, useState } from 'react';
import { matchRoute, useRouter } from 'wouter';
import { Announcer } from '../ui/announcer.tsx';
import { cx } from '../ui/cx.ts';
import { NavigationContext } from '../ui/navigation.ts';
import { onDemand } from '../ui/on-demand.tsx';
import { Root } from '../ui/root.tsx';
import { ShortcutsContext, useShortcut } from '../ui/shortcuts.ts';
import { Toasts } from '../ui/toasts.tsx';
import { Header } from './header.tsx';
import { HealthBanner } from './health-banner.tsx';
import { useHealth } from './health.ts';
import { useHost } from './host.ts';
import { PassiveNotice } from './passive-notice.tsx';
import { type Preferences, usePreferences } from './preferences.ts';
import { routes } from './routes.tsx';
import css from './shell.module.css';
import { useAppNavigation, usePlace } from './use-app-navigation.ts';
import { View } from './view.tsx';

const KeyboardSheet = onDemand(() => import('./keyboard-sheet.tsx').then((module) => module.KeyboardSheet));

/** Everything around a view: bar, banner, keyboard sheet, toasts; lends navigation and shortcuts to what is inside. */
export function Shell() {
  const host = useHost();
  const [stored, change] = usePreferences(!host.embedded);
  const preferences = host.theme === undefined ? stored : { ...stored, theme: host.theme };
  const { parser } = useRouter();
  const prefetch = useCallback(
    (path: string) => {
      const found = routes.find((route) => matchRoute(parser, route.path, path)[0]);
      // A chunk that can't be had now is asked for again when its view opens, and that failure is shown.
      found?.load().catch(() => undefined);
    },
    [parser],
  );
  const navigation = useAppNavigation(prefetch, host);
  return (
    <Root theme={preferences.theme}>
      <NavigationContext value={navigation}>
        <ShortcutsContext value={preferences.shortcuts ? host.hears : null}>
          <Announcer>
            <Toasts>
              <Frame preferences={preferences} change={change} />
            </Toasts>
          </Announcer>
        </ShortcutsContext>
      </NavigationContext>
    </Root>
  );
}

function Frame({ preferences, change }: { preferences: Preferences; change: (part: Partial<Preferences>) => void }) {
  const { parser } = useRouter();
  const host = useHost();
  const { path } = usePlace();
  const health = useHealth();
  const [keys, setKeys] = useState(false);
  useShortcut('?', () => setKeys(true));
  const narrow = useMemo(
    () => routes.find((route) => matchRoute(parser, route.path, path)[0])?.narrow === true,
    [parser, path],
  );
  // The view must not draw again when the sheet opens or the server's health changes.
  const owesSecondFactor = health.state === 'owesSecondFactor';
  const view = useMemo(() => <View owesSecondFactor={owesSecondFactor} />, [owesSecondFactor]);
  return (
    <div className={css.shell}>
      <a
        className={css.skip}
        href="#main"
        onClick={(event) => {
          // Not by the address: a fragment would be a history entry of its own, and can't be found in a shadow root.
          event.preventDefault();
          const root = event.currentTarget.getRootNode() as Document | ShadowRoot;
          root.querySelector<HTMLElement>('main')?.focus();
        }}
      >
        Skip to content
      </a>
      {host.hasHeader ? (
        <Header
          health={health}
          theme={preferences.theme}
          onTheme={host.theme === undefined ? (theme) => change({ theme }) : undefined}
          onKeys={() => setKeys(true)}
        />
      ) : null}
      <main id="main" className={cx(css.main, narrow && css.narrow)} tabIndex={-1}>
        <HealthBanner health={health} />
        {health.state === 'ok' ? <PassiveNotice /> : null}
        {view}
      </main>
      {keys ? (
        <KeyboardSheet
          shortcuts={preferences.shortcuts}
          onShortcuts={(shortcuts) => change({ shortcuts })}
          onClose={() => setKeys(false)}
        />
      ) : null}
    </div>
  );
}
