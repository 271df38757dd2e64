/**
 * Where this node answers otherwise than RavenDB 7.2.7 on purpose: weak points of the real server that are closed here. The one place
 * that names them; `--as-ravendb` turns all of them off, which is what the recordings are compared with.
 */
export const hardenings = {
  hideTwoFactorKey: {
    reason: 'An authentication key that anybody can read back is no second factor.',
    ravendb: 'A single certificate in full holds TwoFactorAuthenticationKey, for Operators too.',
  },
  operatorCannotMakeNodes: {
    reason: 'A node certificate has every right: an Operator must not give itself one.',
    ravendb: 'POST by an Operator generates a ClusterNode certificate; PUT sso/user takes any clearance.',
  },
  operatorCannotOverwriteAdmins: {
    reason: "An upload over an admin takes the admin's rights away, which an Operator may not do by edit either.",
    ravendb: 'PUT by an Operator over a ClusterAdmin or ClusterNode entry answers 201 and demotes it.',
  },
  ownThumbprintInAnyCase: {
    reason: 'Nobody should delete the certificate in use by writing its thumbprint in lower case.',
    ravendb: 'The own certificate is compared case-sensitively: lower case deletes it.',
  },
  keepCollectionOnEdit: {
    reason: "An edit that cuts the links of a set leaves certificates that can't be deleted.",
    ravendb:
      'An edit, or an upload of the primary alone, empties the links; its secondaries become orphans that DELETE refuses.',
  },
  purgeSparesOthersRights: {
    reason: 'Purge must not do what a delete refuses.',
    ravendb:
      'An Operator purges expired admins, anybody its own certificate; secondaries stay when their primary goes.',
  },
  uploadKeepsSecondFactor: {
    reason: 'Uploading a certificate again to change its permissions must not quietly open it.',
    ravendb: 'PUT over an entry drops its authentication key when none is sent, and enables it.',
  },
  sessionsEnd: {
    reason: "A two-factor session that outlives its end isn't limited.",
    ravendb:
      'Expiry is looked at only when a connection opens; an open one goes on. A session outlives its deleted certificate.',
  },
  limitedCodeAttempts: {
    reason: 'Six digits are guessed quickly when nobody counts.',
    ravendb: 'Any number of wrong codes, hundreds a second.',
  },
  codesWorkOnce: {
    reason: 'A code seen over a shoulder must not log in again (RFC 6238, 5.2).',
    ravendb: 'The same code logs in again while its step is within the window.',
  },
  loginGivesRightsOfNow: {
    reason: 'A login must give what the certificate may do now, not what it could when the connection opened.',
    ravendb:
      'A login opens what the connection was opened with; where that was nothing, it begins the session and then fails with 500.',
  },
  laterKnownShowTheirCookie: {
    reason: "A session for one browser must not let other connections in that don't bring its cookie.",
    ravendb: 'A connection that was unknown when it opened is let in by any running session of its certificate.',
  },
  sameKeyKeepsSecondFactor: {
    reason: 'Whoever holds the key could make a sibling certificate that skips the second factor.',
    ravendb: 'A certificate with the key of a registered one is taken over without its authentication key.',
  },
  versionOneHasItsKey: {
    reason: 'Whoever makes a certificate of X.509 version 1 must not get in as another one of that version.',
    ravendb: 'All of them have one pinning hash, the SHA-256 of nothing: each is let in as the registered one.',
  },
  sameKeyStaysDisabled: {
    reason: 'A disabled certificate must not come back with its own key.',
    ravendb: 'Disabled entries are skipped; another enabled one with the same key lets the certificate in.',
  },
  escapedCharactersStayWhole: {
    reason: "A client that escapes what isn't ASCII must not find its names mangled.",
    ravendb: 'An escaped surrogate pair in a JSON body becomes two replacement characters.',
  },
  safeZipNames: {
    reason: 'Unpacking a ZIP must not write outside its folder.',
    ravendb: 'Names with / or .. become entry names as they are.',
  },
} as const satisfies Record<string, { reason: string; ravendb: string }>;

export type Hardening = keyof typeof hardenings;

/** Which hardenings hold: all of them, or none. */
export class Hardenings {
  readonly #on: boolean;

  constructor(on: boolean) {
    this.#on = on;
  }

  has(_name: Hardening): boolean {
    return this.#on;
  }
}
