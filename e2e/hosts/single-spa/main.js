import { navigateToUrl, registerApplication, start } from 'single-spa';

for (const link of document.querySelectorAll('nav a')) link.addEventListener('click', navigateToUrl);
registerApplication({
  name: 'certificates',
  app: () => import('raven-certificates/single-spa'),
  activeWhen: '/certs',
  customProps: { baseUrl: '/certificates/raven', routing: 'browser', basePath: '/certs' },
});
start();
