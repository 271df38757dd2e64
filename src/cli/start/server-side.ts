import type { ClientIdentity, ServerTrust } from '../../gateway/server-trust.ts';

/** The server that the console is opened on, and how to reach it. */
export interface ServerSide {
  /** Nodes of one cluster, `https://host:port`. */
  readonly urls: readonly [string, ...string[]];
  readonly identity: ClientIdentity;
  readonly trust: ServerTrust;
  /** What the terminal says about it: a title and a text each. */
  readonly facts: readonly (readonly [title: string, text: string])[];
  /** Lines of `DATA_DIR/env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Where `env` is written; undefined: nowhere. */
  readonly dataDir: string | undefined;
  readonly close: () => Promise<void>;
}
