import { mount } from '/package/standalone/mount.js';

// What a test wants otherwise stands in `consoleOptions`; the tests work the page by `host`.
const options = { baseUrl: '/certificates/raven', ...window.consoleOptions };
const place = document.getElementById('place');
window.host = { mount: (element = place, more = {}) => mount(element, { ...options, ...more }) };
if (window.consoleOptions?.element) {
  const element = document.createElement('raven-certificates');
  element.setAttribute('base-url', options.baseUrl);
  for (const [name, value] of Object.entries(window.consoleOptions.element)) element.setAttribute(name, value);
  place.append(element);
} else if (!window.consoleOptions?.later) window.host.console = window.host.mount();
