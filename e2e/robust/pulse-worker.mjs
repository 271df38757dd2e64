// Somebody who goes on using the node, in a thread of its own: what the attackers cost isn't to be counted.
import { request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** A new connection that asks who it is; its status. */
const ask = () =>
  new Promise((resolve, reject) => {
    const sent = request({ ...workerData, path: '/certificates/whoami', agent: false }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    });
    sent.on('error', reject);
    sent.end();
  });

let over = false;
parentPort.once('message', () => (over = true));
do {
  const began = performance.now();
  try {
    const status = await ask();
    parentPort.postMessage({ status, ms: performance.now() - began });
  } catch (error) {
    parentPort.postMessage({ status: 0, ms: performance.now() - began, error: String(error) });
  }
  await pause(20);
} while (!over);
