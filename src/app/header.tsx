import { useQuery } from '@tanstack/react-query';
import { clearanceLabels, isClusterAdmin } from '../domain/clearance.ts';
import { useApi } from '../queries/api-context.ts';
import { whoAmIQuery } from '../queries/certificates.ts';
import { capabilitiesQuery, serverUrlQuery } from '../queries/server.ts';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Link } from '../ui/link.tsx';
import { useNavigation } from '../ui/navigation.ts';
import { onDemand } from '../ui/on-demand.tsx';
import type { Theme } from '../ui/root.tsx';
import { Tag } from '../ui/tag.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import css from './header.module.css';
import type { Health } from './health.ts';
import { useHost } from './host.ts';
import { usePlace } from './use-app-navigation.ts';

const TwoFactorSession = onDemand(() =>
  import('../features/two-factor/two-factor-session.tsx').then((module) => module.TwoFactorSession),
);

const tabs = [
  { to: '/', label: 'Certificates', at: (path: string) => !/^\/(server|history|two-factor)/.test(path) },
  { to: '/server', label: 'Server', at: (path: string) => path.startsWith('/server') },
  { to: '/history', label: 'History', at: (path: string) => path.startsWith('/history') },
];

const nextTheme = { auto: 'light', light: 'dark', dark: 'auto' } as const satisfies Record<Theme, Theme>;
const themeLabels = { auto: 'as the system', light: 'light', dark: 'dark' } as const;
const themeIcons = { auto: 'auto', light: 'sun', dark: 'moon' } as const;
const healthTexts: Record<Health['state'], string> = {
  checking: 'Asking the server',
  ok: 'Server answers',
  away: 'Server is away',
  signedOut: 'Not signed in',
  owesSecondFactor: 'Asks for the second factor',
};

/** The bar on top: whose server this is and how it is, who I am, theme, keyboard sheet and sign-out. */
export function Header({
  health,
  theme,
  onTheme,
  onKeys,
}: {
  health: Health;
  theme: Theme;
  /** Left out where the host decides. */
  onTheme: ((theme: Theme) => void) | undefined;
  onKeys: () => void;
}) {
  const api = useApi();
  const { path } = usePlace();
  const { recall, offers } = useNavigation();
  const { signOut } = useHost();
  const { data: url } = useQuery(serverUrlQuery(api));
  const { data: me } = useQuery(whoAmIQuery(api));
  const { data: capabilities } = useQuery({ ...capabilitiesQuery(api), enabled: health.state === 'ok' });
  const where = [
    url === undefined ? undefined : new URL(url).host,
    ...(health.cluster?.phrases ?? []),
    health.version,
  ].filter(Boolean);
  const leaderless = health.state === 'ok' && health.cluster?.leaderless === true;
  const healthText = leaderless ? 'Server answers, but its cluster has no leader' : healthTexts[health.state];
  return (
    <header className={css.bar}>
      <Link to="/" className={css.brand} aria-label="Raven, all certificates">
        <svg width="20" height="20" viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
          <path d="M10 1.5 17 4v5.2c0 4.3-2.9 7.7-7 9.3-4.1-1.6-7-5-7-9.3V4l7-2.5Zm0 5a2.6 2.6 0 0 0-1.2 4.9V14h2.4v-2.6A2.6 2.6 0 0 0 10 6.5Z" />
        </svg>
        <span>Raven</span>
      </Link>
      <nav className={css.tabs} aria-label="Main">
        {tabs
          .filter(({ to }) => offers(to) && (to !== '/history' || capabilities?.history === true))
          .map(({ to, label, at }) => (
            <Link
              key={to}
              to={to === '/' ? recall(to) : to}
              className={css.tab}
              aria-current={at(path) ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
      </nav>
      <div className={css.where} title={[healthText, ...where].join(' · ')}>
        <span
          className={cx(
            css.dot,
            leaderless ? css.leaderless : (health.state === 'ok' || health.state === 'owesSecondFactor') && css.ok,
            health.state === 'away' && css.away,
          )}
        />
        <VisuallyHidden>{healthText}: </VisuallyHidden>
        <span>{where.join(' · ')}</span>
      </div>
      {me == null ? null : (
        <div className={css.me}>
          <Link
            to={`/certificates/${me.thumbprint}`}
            className={css.name}
            title={`This console uses the certificate ${me.name}`}
          >
            {me.name}
          </Link>
          <Tag tone={isClusterAdmin(me.clearance) ? 'accent' : 'neutral'}>{clearanceLabels[me.clearance]}</Tag>
          {me.twoFactorSessionEnd === null ? null : <TwoFactorSession />}
        </div>
      )}
      <div className={css.tools}>
        {onTheme === undefined ? null : (
          <IconButton
            icon={themeIcons[theme]}
            label={`Theme: ${themeLabels[theme]}`}
            onClick={() => onTheme(nextTheme[theme])}
          />
        )}
        <IconButton className={css.keys} icon="keyboard" label="Keyboard shortcuts" onClick={onKeys} />
        {signOut === undefined ? null : (
          // A form, so that a view with unsaved work is asked about first, and nothing of the page is left afterwards.
          <form method="post" action={signOut}>
            <IconButton type="submit" icon="sign-out" label="Sign out" />
          </form>
        )}
      </div>
    </header>
  );
}
