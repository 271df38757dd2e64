import { authenticationStatus as is } from '../auth/authentication-status.ts';

const sentences: Readonly<Record<number, readonly [title: string, next: string]>> = {
  [is.noCertificateProvided]: [
    'Your browser showed no certificate.',
    'Import your client certificate into the browser, then open a new private window and choose it.',
  ],
  [is.unfamiliarCertificate]: [
    'The server does not know your certificate.',
    'Ask your administrator to register it, or open a new private window and choose another one.',
  ],
  [is.unfamiliarIssuer]: [
    'Your certificate has the key of a registered one, but another issuer.',
    'Ask your administrator to register it.',
  ],
  [is.allowed]: [
    'Your certificate does not give access to this page.',
    'Ask your administrator for a higher clearance.',
  ],
  [is.operator]: [
    'Your certificate does not give access to this page.',
    'Ask your administrator for a higher clearance.',
  ],
  [is.expired]: ['Your certificate has expired.', 'Ask your administrator for a new one.'],
  [is.notYetValid]: ['Your certificate is not valid yet.', 'Wait for the day it begins, or ask your administrator.'],
  [is.twoFactorNotProvided]: ['Your certificate needs a second factor.', 'Enter the code of your authenticator app.'],
};

/** The page that tells a browser why it isn't let in. @param status RavenDB's number of the authentication status */
export function errorPage(status: number): string {
  const [title, next] = sentences[status] ?? ['You are not let in.', 'Ask your administrator.'];
  const link = status === is.twoFactorNotProvided ? '<p><a href="/2fa/index.html">Enter the code</a></p>' : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not let in</title>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${next}</p>
${link}
</main>
</body>
</html>
`;
}
