import { authenticationStatus } from '../auth/authentication-status.ts';
import type { Exchange } from '../http/exchange.ts';

/** Is the request let in as a cluster admin? */
export function isClusterAdmin({ connection }: Exchange): boolean {
  return connection.status === authenticationStatus.clusterAdmin;
}

/** How RavenDB names the caller's clearance in its refusals. */
export function callerClearance({ connection }: Exchange): string {
  switch (connection.status) {
    case authenticationStatus.clusterAdmin:
      return 'ClusterAdmin';
    case authenticationStatus.operator:
      return 'Operator';
    default:
      return 'Allowed';
  }
}

/** Who does it, for the history. */
export function byCaller({ connection, node }: Exchange): { by: string | null; byName: string | null } {
  const thumbprint = connection.peer?.thumbprint;
  if (thumbprint === undefined) return { by: null, byName: null };
  const own = thumbprint === node.identity.current.thumbprint ? 'Server Certificate' : undefined;
  const name = node.certificates.get(thumbprint)?.definition.name ?? own ?? connection.grant.name;
  return { by: thumbprint, byName: name === '' ? null : name };
}
