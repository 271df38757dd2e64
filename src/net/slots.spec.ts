import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { beforeEach, expect, it } from 'vitest';
import { rank, Slots } from './slots.ts';

/** What a socket is for the slots: two ends, and an end. */
class Ends extends EventEmitter {
  readonly remoteAddress: string;
  readonly remotePort: number;
  destroyed = false;

  constructor(address: string, port: number) {
    super();
    this.remoteAddress = address;
    this.remotePort = port;
  }

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.emit('close');
    return this;
  }
}

let port = 0;
beforeEach(() => (port = 0));
function open(slots: Slots, address: string): Ends {
  const ends = new Ends(address, ++port);
  // Nothing else of a socket is used.
  slots.add(ends as unknown as Socket);
  return ends;
}
const many = (slots: Slots, address: string, count: number) =>
  Array.from({ length: count }, () => open(slots, address));
const alive = (ends: readonly Ends[]) => ends.map(({ destroyed }) => !destroyed);

it('for a new one the oldest silent one gives way, of the address that has most', () => {
  const slots = new Slots(6, 4);
  const first = many(slots, '10.0.0.1', 2);
  const second = many(slots, '10.0.0.2', 4);
  const next = open(slots, '10.0.0.3');
  expect([alive(first), alive(second), next.destroyed]).toEqual([[true, true], [false, true, true, true], false]);
});

it('strangers stay as long as anybody is silent, and who is known as long as there are strangers', () => {
  const slots = new Slots(3, 3);
  const [known, stranger, silent] = many(slots, '10.0.0.1', 3) as [Ends, Ends, Ends];
  slots.raise(known, rank.known);
  slots.raise(stranger, rank.stranger);
  const next = open(slots, '10.0.0.2');
  expect(alive([known, stranger, silent, next])).toEqual([true, true, false, true]);
  slots.raise(next, rank.known);
  const last = open(slots, '10.0.0.3');
  expect(alive([known, stranger, next, last])).toEqual([true, false, true, true]);
  slots.raise(last, rank.known);
  const late = open(slots, '10.0.0.4');
  expect(alive([known, next, last, late])).toEqual([true, true, true, false]);
});

it('one address takes no more than its share, and its own give way for more', () => {
  const slots = new Slots(100, 3);
  const other = open(slots, '10.0.0.2');
  const mine = many(slots, '10.0.0.1', 5);
  expect([alive(mine), other.destroyed]).toEqual([[false, false, true, true, true], false]);
  for (const each of mine) slots.raise(each, rank.known);
  expect(open(slots, '10.0.0.1').destroyed).toBe(true);
});

it('one that was closed makes room', () => {
  const slots = new Slots(2, 2);
  const [first, second] = many(slots, '10.0.0.1', 2) as [Ends, Ends];
  slots.raise(first, rank.known);
  slots.raise(second, rank.known);
  second.destroy();
  expect(open(slots, '10.0.0.1').destroyed).toBe(false);
});
