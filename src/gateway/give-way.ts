import type { Server } from 'node:http';
import { rank, Slots } from '../net/slots.ts';

/**
 * Open connections: for more those give way that never sent a request, then those that were never let in. Everybody comes from this
 * machine or through one proxy, so that addresses say nothing.
 */
const maxConnections = 256;

/** Keeps a server's connections within bounds without shutting out who is signed in. */
export function giveWay(server: Server): void {
  const slots = new Slots(maxConnections, maxConnections);
  server.on('connection', (socket) => slots.add(socket));
  server.prependListener('request', (req, res) => {
    slots.raise(req.socket, rank.stranger);
    // Whoever isn't signed in gets no good answer.
    res.once('finish', () => {
      if (res.statusCode < 400) slots.raise(req.socket, rank.known);
    });
  });
}
