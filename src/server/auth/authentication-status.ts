/** What a connection was let in as; the numbers are RavenDB's and show in the redirect to the error page. */
export const authenticationStatus = {
  none: 0,
  noCertificateProvided: 1,
  unfamiliarCertificate: 2,
  unfamiliarIssuer: 3,
  allowed: 4,
  operator: 5,
  clusterAdmin: 6,
  expired: 7,
  notYetValid: 8,
  twoFactorNotProvided: 9,
} as const;
export type AuthenticationStatus = (typeof authenticationStatus)[keyof typeof authenticationStatus];

/** The level that a route asks for. */
export type RouteLevel =
  | 'UnauthenticatedClients'
  | 'StudioPage'
  | 'ValidUser'
  | 'Operator'
  | 'ClusterAdmin'
  | 'DatabaseRead'
  | 'DatabaseWrite'
  | 'DatabaseAdmin';
