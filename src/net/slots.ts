import type { Socket } from 'node:net';

/** How much is known of who is at the other end of a connection: what is least known gives way first. */
export const rank = {
  /** It has said nothing yet that would make it a client. */
  silent: 0,
  /** It speaks, but nobody knows who it is. */
  stranger: 1,
  /** It is somebody who was let in: it stays. */
  known: 2,
} as const;
type Rank = (typeof rank)[keyof typeof rank];

interface Peer {
  readonly key: string;
  readonly socket: Socket;
  readonly address: string;
  rank: Rank;
}

/** The parts of a socket that tell a connection from others, TLS or not. */
type Ends = Pick<Socket, 'remoteAddress' | 'remotePort'>;

const keyOf = ({ remoteAddress, remotePort }: Ends): string => `${remoteAddress ?? ''} ${remotePort ?? 0}`;

/**
 * The connections of a server that takes so many: when there are as many, in all or from one address, the oldest of the least known is
 * closed for a new one, first from the address that has most of them. Only where all are known the new one is closed.
 */
export class Slots {
  readonly #most: number;
  readonly #mostPerAddress: number;
  readonly #peers = new Map<string, Peer>();
  /** By address, in the order in which they came. */
  readonly #byAddress = new Map<string, Set<Peer>>();

  constructor(most: number, mostPerAddress: number) {
    this.#most = most;
    this.#mostPerAddress = mostPerAddress;
  }

  add(socket: Socket): void {
    const peer: Peer = { key: keyOf(socket), socket, address: socket.remoteAddress ?? '', rank: rank.silent };
    const own = this.#byAddress.get(peer.address) ?? new Set<Peer>();
    const crowded = own.size >= this.#mostPerAddress;
    if (crowded || this.#peers.size >= this.#most) {
      const victim = crowded ? leastKnown([own]) : leastKnown(this.#byAddress.values());
      if (victim === undefined) {
        socket.destroy();
        return;
      }
      this.#remove(victim);
      victim.socket.destroy();
    }
    this.#peers.set(peer.key, peer);
    this.#byAddress.set(peer.address, own.add(peer));
    socket.once('close', () => this.#remove(peer));
  }

  /** More is known of who is at the other end. */
  raise(ends: Ends, to: Rank): void {
    const peer = this.#peers.get(keyOf(ends));
    if (peer !== undefined && to > peer.rank) peer.rank = to;
  }

  #remove(peer: Peer): void {
    if (this.#peers.get(peer.key) === peer) this.#peers.delete(peer.key);
    const own = this.#byAddress.get(peer.address);
    own?.delete(peer);
    if (own?.size === 0) this.#byAddress.delete(peer.address);
  }
}

/** The one that gives way; none where all are known. */
function leastKnown(addresses: Iterable<ReadonlySet<Peer>>): Peer | undefined {
  let found: { readonly peer: Peer; readonly among: number } | undefined;
  for (const peers of addresses) {
    if (found?.peer.rank === rank.silent && peers.size <= found.among) continue;
    let oldest: Peer | undefined;
    for (const peer of peers) {
      if (peer.rank < (oldest?.rank ?? rank.known)) oldest = peer;
      if (oldest?.rank === rank.silent) break;
    }
    if (oldest === undefined) continue;
    const better =
      found === undefined ||
      oldest.rank < found.peer.rank ||
      (oldest.rank === found.peer.rank && peers.size > found.among);
    if (better) found = { peer: oldest, among: peers.size };
  }
  return found?.peer;
}
