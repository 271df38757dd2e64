import { mount } from '/package/standalone/mount.js';

const { hostile, ...rest } = window.consoleOptions ?? {};
const place = document.getElementById('place');
const options = { baseUrl: '/certificates/raven', theme: 'light', ...rest };
const ready = hostile
  ? new Promise((resolve) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = '/hostile.css';
      link.onload = resolve;
      document.head.append(link);
    })
  : Promise.resolve();
await ready;
window.host = { mount: () => mount(place, options) };
window.host.console = window.host.mount();
