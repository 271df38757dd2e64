import { trustedEnd } from '../auth/chain.ts';
import { hostMatches } from '../auth/host-names.ts';
import { displayName } from '../auth/peer-certificate.ts';
import { findSsoUser } from '../auth/sso-login.ts';
import type { Exchange } from '../http/exchange.ts';
import { empty, jsonPieces, type Reply } from '../http/reply.ts';
import { certificateField, serverJson } from './list.ts';
import { blankDefinition, clearance, openJson, usage, zonedDate, type Definition } from './definition.ts';

/** `GET /certificates/whoami`: the stored entry of the caller's certificate, whatever it may do; 204 when there is none. */
export function whoAmI({ node, connection }: Exchange): Reply {
  const { peer } = connection;
  if (peer === undefined) return empty(204);
  const session = node.sessions.running(peer.thumbprint);
  const answer = (open: string, der: Buffer | undefined, twoFactor: boolean) =>
    jsonPieces([
      open,
      certificateField(der),
      `,"HasTwoFactor":${twoFactor},"TwoFactorExpirationDate":${session === undefined ? 'null' : `"${zonedDate(session.expires)}"`}}`,
    ]);
  const entry = node.certificates.get(peer.thumbprint);
  if (entry !== undefined) return answer(entry.openJson, peer.der, entry.definition.twoFactorKey !== undefined);
  const user = node.licence.sso ? findSsoUser(peer, node.certificates, Date.now()) : undefined;
  if (user !== undefined) {
    const { thumbprint, notAfter, notBefore, pinningHash } = peer;
    return answer(openJson({ ...user.definition, thumbprint, notAfter, notBefore, pinningHash }), peer.der, false);
  }
  if (peer.thumbprint === node.identity.current.thumbprint) return answer(serverJson(node), peer.der, false);
  const known = wellKnown(
    node.settings.isWellKnownAdmin(peer.thumbprint) ? peer.thumbprint : undefined,
    peer.pinningHash,
  );
  if (known !== undefined) return answer(openJson(known), undefined, false);
  const end = trustedEnd(peer.x509, node.settings.wellKnownIssuers, peer.sent, Date.now());
  if (end === undefined) return empty(204);
  if (node.settings.validateWellKnownNames && !hostMatches(peer.x509, new URL(node.publicUrl).hostname))
    return empty(204);
  return answer(
    openJson({
      ...blankDefinition,
      name: `Well Known Issuer Certificate: ${displayName(end)} - ${end.fingerprint.replaceAll(':', '')}`,
      thumbprint: peer.thumbprint,
      pinningHash: peer.pinningHash,
      notAfter: null,
      notBefore: null,
      clearance: clearance.clusterAdmin,
      usage: usage.wellKnownIssuer,
    }),
    undefined,
    false,
  );
}

function wellKnown(thumbprint: string | undefined, pinningHash: string): Definition | undefined {
  if (thumbprint === undefined) return undefined;
  return {
    ...blankDefinition,
    name: 'Well Known Admin Certificate',
    thumbprint,
    pinningHash,
    notAfter: null,
    notBefore: null,
    clearance: clearance.clusterAdmin,
  };
}
