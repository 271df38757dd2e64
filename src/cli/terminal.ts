import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command reads and writes: the process's own streams, or a spec's. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  /** Questions, progress and errors: what isn't the answer. */
  readonly messages: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const processTerminal = (): Terminal => ({
  input: process.stdin,
  output: process.stdout,
  messages: process.stderr,
  env: process.env,
});

/** Whether somebody sits there who can be asked. */
export const canAsk = ({ input, messages }: Terminal): boolean => input.isTTY === true && messages.isTTY === true;

/** Colours are for people: on a terminal only, and not when NO_COLOR (no-color.org) or a dumb terminal says otherwise. */
export const hasColours = (terminal: Terminal, stream: 'output' | 'messages'): boolean =>
  terminal[stream].isTTY === true && !terminal.env.NO_COLOR && terminal.env.TERM !== 'dumb';

export type Paint = (style: Style, text: string) => string;

export const paintFor = (terminal: Terminal, stream: 'output' | 'messages' = 'output'): Paint =>
  hasColours(terminal, stream) ? (style, text) => styleText(style, text) : (_style, text) => text;

/** Columns to fit into; undefined where lines may be as long as they are: a pipe or a file. */
export const widthOf = ({ output }: Terminal): number | undefined =>
  output.isTTY === true ? Math.max(20, output.columns ?? 80) : undefined;

export const printLine = ({ output }: Terminal, text = ''): void => {
  output.write(`${text}\n`);
};

export const printMessage = ({ messages }: Terminal, text = ''): void => {
  messages.write(`${text}\n`);
};

/** Shows `text` while `work` runs, on a terminal only, and takes it away again. */
export async function withProgress<T>({ messages, env }: Terminal, text: string, work: () => Promise<T>): Promise<T> {
  const shown = messages.isTTY === true && env.TERM !== 'dumb';
  if (shown) messages.write(text);
  try {
    return await work();
  } finally {
    if (shown) messages.write('\r\u001b[K');
  }
}
