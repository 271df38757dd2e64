import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { matchRoute, useRouter } from 'wouter';
import { reachesAllDatabases } from '../domain/clearance.ts';
import { twoFactorPath } from '../features/two-factor/two-factor-path.ts';
import { useApi } from '../queries/api-context.ts';
import { whoAmIQuery } from '../queries/certificates.ts';
import { useNavigation } from '../ui/navigation.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { FirstFailure } from './first-failure.tsx';
import { NotFound } from './not-found.tsx';
import { OwnCertificate } from './own-certificate.tsx';
import { routes } from './routes.tsx';
import { UnknownCertificate } from './unknown-certificate.tsx';
import { usePlace } from './use-app-navigation.ts';

/**
 * The view of the current path, for whom may see it: somebody whose certificate owes its second factor is sent to say it first and
 * comes back, somebody who may not manage certificates sees their own. Until the server has said who we are, the view goes ahead.
 */
export function View({ owesSecondFactor }: { owesSecondFactor: boolean }) {
  const api = useApi();
  const { parser } = useRouter();
  const { path, search } = usePlace();
  const { navigate, offers } = useNavigation();
  const { data: me, error, refetch } = useQuery(whoAmIQuery(api));
  const [openedAt] = useState(Date.now);
  const found = routes
    .map((route) => ({ route, match: matchRoute(parser, route.path, path) }))
    .find(({ match: [matches] }) => matches);
  const open = found?.route.open === true;
  const sendAway = owesSecondFactor && !open;
  useEffect(() => {
    if (sendAway) navigate(twoFactorPath(path + search), { replace: true });
  }, [sendAway, navigate, path, search]);

  if (me === undefined && error !== null) return <FirstFailure error={error} onRetry={() => void refetch()} />;
  if (me === null) return <UnknownCertificate />;
  if (sendAway) return null;
  if (me !== undefined && !open && !reachesAllDatabases(me.clearance)) return <OwnCertificate me={me} now={openedAt} />;
  if (found === undefined || !offers(path + search)) return <NotFound />;
  const { view: Route } = found.route;
  const params = found.match[1];
  return (
    <ErrorBoundary resetKey={path}>
      <Route params={params ?? {}} search={search} />
    </ErrorBoundary>
  );
}
