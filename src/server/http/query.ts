import { argumentError } from './raven-exception.ts';

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    // What isn't a percent sequence stays as it is; bytes that aren't UTF-8 become replacement characters.
    return spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
    );
  }
}

/** The query of a request: names in any case, the first value of a repeated name counts, a blank value is none. */
export class Query {
  readonly #values = new Map<string, string[]>();

  /** @param text what follows the question mark, still encoded */
  constructor(text: string) {
    for (const pair of text.split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      const name = decode(at < 0 ? pair : pair.slice(0, at)).toLowerCase();
      const value = at < 0 ? '' : decode(pair.slice(at + 1));
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, [value]);
      else values.push(value);
    }
  }

  string(name: string): string | undefined {
    const value = this.#values.get(name.toLowerCase())?.[0];
    return value === undefined || value.trim() === '' ? undefined : value;
  }

  /** All values of a name, blank ones too. */
  all(name: string): readonly string[] {
    return this.#values.get(name.toLowerCase()) ?? [];
  }

  /** A whole number between -2^(bits-1) and 2^(bits-1)-1; anything else is an ArgumentException. */
  integer(name: string, bits: 32 | 64 = 32): number | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const text = value.trim();
    const limit = 2n ** BigInt(bits - 1);
    if (/^[+-]?\d{1,25}$/.test(text)) {
      const number = BigInt(text.startsWith('+') ? text.slice(1) : text);
      if (number >= -limit && number < limit) return Number(number);
    }
    throw argumentError(
      `Could not parse header '${name}' header as ${bits === 32 ? 'int' : 'long'}, value was: ${value}`,
    );
  }

  boolean(name: string): boolean | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const word = value.trim().toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    throw argumentError(`Could not parse query string '${name}' as bool, val ${value}`);
  }

  /** The one value that a name must have. */
  mandatory(name: string): string {
    const values = this.all(name);
    if (values.length > 1) throw argumentError(`Query string value '${name}' must appear exactly once`);
    const value = values[0];
    if (value === undefined || value.trim() === '')
      throw argumentError(`Query string value '${name}' must have a non empty value`);
    return value;
  }
}
