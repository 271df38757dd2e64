import { limits } from '../limits.ts';
import type { Held } from './held.ts';
import { RavenException } from './raven-exception.ts';
import { BodyTooLargeError } from './read-body.ts';

/** A number as it stood in the text: the API tells whole numbers from others, and big ones lose digits in a double. */
export class JsonNumber {
  readonly text: string;
  readonly whole: boolean;
  constructor(text: string, whole: boolean) {
    this.text = text;
    this.whole = whole;
  }
}
export type JsonObject = Map<string, JsonValue>;
export type JsonValue = string | JsonNumber | boolean | null | JsonValue[] | JsonObject;

const endOfStream = () =>
  new RavenException('System.IO.EndOfStreamException', 'Stream ended without reaching end of json content');
const invalidData = (message: string) => new RavenException('System.IO.InvalidDataException', message);

/** A whole number that takes more than 64 bits, or all of them, is read as a fraction would be. "-" alone is a whole number too. */
function fitsInt64(digits: string): boolean {
  if (digits.length < 18) return true;
  // Of a body full of digits BigInt would be busy for minutes.
  if (digits.length > 20) return false;
  const number = BigInt(digits);
  return number < 2n ** 63n && number > -(2n ** 63n);
}

type TokenKind =
  | 'StartObject'
  | 'EndObject'
  | 'StartArray'
  | 'EndArray'
  | 'Separator'
  | 'String'
  | 'Integer'
  | 'Float'
  | 'True'
  | 'False'
  | 'Null'
  | 'None';

const brackets: Readonly<Record<string, TokenKind>> = {
  '{': 'StartObject',
  '}': 'EndObject',
  '[': 'StartArray',
  ']': 'EndArray',
};
const words: readonly (readonly [string, TokenKind])[] = [
  ['true', 'True'],
  ['false', 'False'],
  ['null', 'Null'],
  ['NaN', 'Float'],
  ['Infinity', 'Float'],
  ['-Infinity', 'Float'],
];
const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/**
 * Reads the tokens of RavenDB's lenient JSON: single or double quotes, comma and colon alike as separators (also none at all, or one
 * at the end), raw line breaks in strings; no comments, no words without quotes. All of it as a real server 7.2.7 answered.
 */
class Tokens {
  readonly #text: string;
  readonly #wholePairs: boolean;
  #at = 0;
  kind: TokenKind = 'None';
  value: JsonValue = null;

  constructor(text: string, wholePairs: boolean) {
    this.#text = text;
    this.#wholePairs = wholePairs;
  }

  /** Moves to the next token that isn't a separator and returns its kind. Throws at the end of the text. */
  next(): TokenKind {
    for (;;) {
      const c = this.#text[this.#at];
      if (c === undefined) throw endOfStream();
      if (c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\v' || c === '\f') {
        this.#at++;
      } else if (c === ',' || c === ':') {
        if (this.kind === 'Separator' || this.kind === 'StartObject' || this.kind === 'StartArray')
          throw this.#unexpected(c);
        this.kind = 'Separator';
        this.#at++;
      } else {
        this.#read(c);
        return this.kind;
      }
    }
  }

  #read(c: string): void {
    const single = brackets[c];
    const word = words.find(([w]) => w.startsWith(c) && (c !== '-' || this.#text[this.#at + 1] === 'I'));
    if (single !== undefined) this.#single(single);
    else if (c === '"' || c === "'") this.#string(c);
    else if (word !== undefined) this.#word(...word);
    else if (c === '-' || (c >= '0' && c <= '9')) this.#number();
    else throw this.#unexpected(c);
  }

  #single(kind: TokenKind): void {
    this.kind = kind;
    this.#at++;
  }

  #word(word: string, kind: TokenKind): void {
    const rest = this.#text.slice(this.#at, this.#at + word.length);
    if (rest !== word) {
      if (word.startsWith(rest)) throw endOfStream();
      throw invalidData(`Invalid token found, expected: ${word} at ${this.#place()}`);
    }
    this.#at += word.length;
    this.kind = kind;
    this.value = kind === 'Float' ? new JsonNumber(word, false) : kind === 'Null' ? null : kind === 'True';
  }

  #string(quote: string): void {
    const text = this.#text;
    let from = ++this.#at;
    let out = '';
    for (let at = from; ; at++) {
      const c = text[at];
      if (c === undefined) throw endOfStream();
      if (c === quote) {
        this.value = (out + text.slice(from, at)).replace(/\p{Surrogate}/gu, '\ufffd');
        this.kind = 'String';
        this.#at = at + 1;
        return;
      }
      if (c !== '\\') continue;
      out += text.slice(from, at);
      const escaped = text[at + 1];
      if (escaped === undefined) throw endOfStream();
      if (escaped === 'u') {
        const hex = text.slice(at + 2, at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) {
          if (/^[0-9a-fA-F]{0,3}$/.test(hex) && at + 6 > text.length) throw endOfStream();
          throw invalidData(`Invalid hex value at ${this.#place()}`);
        }
        const unit = parseInt(hex, 16);
        // RavenDB's reader takes each half of a surrogate pair for a character of its own, which neither is.
        out += this.#wholePairs || (unit & 0xf800) !== 0xd800 ? String.fromCharCode(unit) : '\ufffd';
        at += 5;
      } else {
        const known = escapes[escaped];
        if (known === undefined)
          throw new RavenException(
            'System.InvalidOperationException',
            `Invalid escape char, numeric value is ${escaped.charCodeAt(0)}`,
          );
        out += known;
        at += 1;
      }
      from = at + 1;
    }
  }

  #number(): void {
    const text = this.#text;
    let at = this.#at;
    while (at < text.length && /[0-9.eE+-]/.test(text[at] ?? '')) at++;
    const number = text.slice(this.#at, at);
    const end = text[at];
    if (/^-?0[0-9]/.test(number)) throw invalidData(`Invalid number with zero prefix at ${this.#place()}`);
    if (number.startsWith('--')) throw invalidData(`Already got '-' in this number value at ${this.#place()}`);
    if (end === undefined) throw endOfStream();
    if (!/[\s,\]}"']/.test(end))
      throw invalidData(`Number cannot end with char with: '${end}' (${end.charCodeAt(0)}) at ${this.#place()}`);
    const whole = /^-?[0-9]*$/.test(number) && fitsInt64(number);
    if (/[eE]/.test(number) && !Number.isFinite(Number(number)))
      throw invalidData(`Could not parse double: ${number} at ${this.#place()}`);
    this.kind = whole ? 'Integer' : 'Float';
    this.value = new JsonNumber(number, whole);
    this.#at = at;
  }

  #place(): string {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    return ` (${line},${this.#at - before.lastIndexOf('\n') + 1})`;
  }

  #unexpected(c: string): RavenException {
    return invalidData(`Cannot have a '${c}' in this position at ${this.#place()}`);
  }
}

/** About what a value takes in memory, in bytes, its place in what it is in included. */
const weights = { number: 72, string: 48, array: 200, object: 280, other: 8, name: 64 } as const;

function weightOf(value: JsonValue): number {
  if (typeof value === 'string') return weights.string + value.length;
  if (value instanceof JsonNumber) return weights.number + value.text.length;
  if (Array.isArray(value)) return weights.array;
  return value instanceof Map ? weights.object : weights.other;
}

/** Counts what the values of a body take, since few bytes can become many: in `1,1,1` each takes thirty times its text. */
class Scale {
  readonly #held: Held | undefined;
  #bytes = 0;
  #told = 0;

  constructor(held: Held | undefined) {
    this.#held = held;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > limits.jsonBytes)
      throw new BodyTooLargeError(
        'The JSON of this request holds more values than the server keeps in memory for one: send it in parts.',
      );
    if (this.#bytes - this.#told < limits.chunkBytes) return;
    this.#held?.take(this.#bytes - this.#told);
    this.#told = this.#bytes;
  }
}

/**
 * Reads the one object that a request body holds; what follows its closing brace isn't looked at. Of a name that is there twice the
 * last value counts. Throws RavenDB's exceptions for anything else, and for nesting beyond the limit.
 * @param wholePairs whether `\ud83d\ude00` is one character; RavenDB makes two replacement characters of it
 * @param held the request's memory, which the values stay in
 * @throws BodyTooLargeError for more values than one request may hold
 */
export function readJsonObject(body: Uint8Array, wholePairs = true, held?: Held): JsonObject {
  const scale = new Scale(held);
  const tokens = new Tokens(new TextDecoder('utf-8').decode(body), wholePairs);
  const first = tokens.next();
  if (first !== 'StartObject')
    throw new RavenException(
      'Sparrow.Exceptions.InvalidStartOfObjectException',
      `Expected start of object, but got ${first}`,
    );
  const root: JsonObject = new Map();
  const stack: (JsonObject | JsonValue[])[] = [root];
  let name: string | undefined;
  while (stack.length > 0) {
    const into = stack[stack.length - 1];
    if (into === undefined) break;
    const kind = tokens.next();
    if (into instanceof Map && name === undefined) {
      if (kind === 'EndObject') stack.pop();
      else if (kind === 'String' && typeof tokens.value === 'string') {
        name = tokens.value;
        scale.add(weights.name + name.length);
      } else throw invalidData(`Expected property, but got ${kind}`);
      continue;
    }
    if (kind === 'EndArray' && Array.isArray(into)) {
      stack.pop();
      continue;
    }
    // The real reader takes a brace in the place of a value and goes on looking for the value.
    if (kind === 'EndObject' && into instanceof Map) continue;
    if (kind === 'EndArray' || kind === 'EndObject') throw invalidData(`Expected a value, but got ${kind}`);
    const nested: JsonObject | JsonValue[] | undefined =
      kind === 'StartObject' ? new Map<string, JsonValue>() : kind === 'StartArray' ? [] : undefined;
    const value = nested ?? tokens.value;
    scale.add(weightOf(value));
    if (Array.isArray(into)) into.push(value);
    else into.set(name ?? '', value);
    name = undefined;
    if (nested !== undefined) {
      stack.push(nested);
      if (stack.length > limits.jsonDepth) throw invalidData(`The json is nested more than ${limits.jsonDepth} deep`);
    }
  }
  return root;
}
