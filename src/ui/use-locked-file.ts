import { useCallback, useEffect, useRef, useState } from 'react';

/** What came of reading: `locked` needs a passphrase (`wrong`: another one), `unreadable` says why in one sentence. */
export type FileReading<Content> =
  | { readonly outcome: 'read'; readonly content: Content }
  | { readonly outcome: 'locked'; readonly wrong: boolean }
  | { readonly outcome: 'unreadable'; readonly problem: string };

/**
 * @param passphrase undefined: nobody was asked yet
 * @param onProgress told what part is done, 0 to 1, where that takes its time
 */
export type ReadFile<Content> = (
  bytes: Uint8Array,
  passphrase: string | undefined,
  signal: AbortSignal,
  onProgress: (done: number) => void,
) => Promise<FileReading<Content>>;

export interface LockedFileOptions {
  /** Bytes and passphrase stay there once the file is read. */
  readonly keep?: boolean;
  /** More bytes aren't even read: the file is refused with this sentence. */
  readonly atMost?: { readonly bytes: number; readonly problem: string };
}

export type LockedFileState<Content> =
  | { readonly step: 'empty' }
  | { readonly step: 'reading'; readonly name: string; readonly locked: boolean; readonly done?: number }
  | { readonly step: 'locked'; readonly name: string; readonly wrong: boolean }
  | { readonly step: 'unreadable'; readonly name: string; readonly problem: string }
  | { readonly step: 'read'; readonly name: string; readonly size: number; readonly content: Content };

export interface LockedFile<Content> {
  readonly state: LockedFileState<Content>;
  /** Reads another file (or text under a name); what was read before is dropped. */
  readonly take: (source: File | { name: string; bytes: Uint8Array }) => void;
  /** Tries a passphrase on the file that was taken last. */
  readonly unlock: (passphrase: string) => void;
  /** Forgets file and passphrase. */
  readonly clear: () => void;
  /** Bytes and passphrase of the file that was read; null unless `keep`. */
  readonly secrets: () => { readonly bytes: Uint8Array; readonly passphrase: string } | null;
}

/**
 * One file that may ask for a passphrase. Its bytes live in a ref, never in state, and only as long as they are needed: until the
 * file is read, or (`keep`) until `clear` or the end of the component.
 */
export function useLockedFile<Content>(
  read: ReadFile<Content>,
  { keep = false, atMost }: LockedFileOptions = {},
): LockedFile<Content> {
  const [state, setState] = useState<LockedFileState<Content>>({ step: 'empty' });
  const held = useRef<{ name: string; bytes: Uint8Array; passphrase: string } | null>(null);
  const turn = useRef<AbortController | null>(null);

  const attempt = useCallback(
    async (passphrase: string | undefined) => {
      const file = held.current;
      if (file === null) return;
      turn.current?.abort();
      const controller = new AbortController();
      turn.current = controller;
      const { name } = file;
      const locked = passphrase !== undefined;
      setState({ step: 'reading', name, locked });
      const onProgress = (done: number) => {
        if (!controller.signal.aborted) setState({ step: 'reading', name, locked, done });
      };
      const reading = await read(file.bytes, passphrase, controller.signal, onProgress).catch(
        (): FileReading<Content> => ({ outcome: 'unreadable', problem: 'The file could not be read.' }),
      );
      if (controller.signal.aborted) return;
      // The empty passphrase is one as well, once it was asked for.
      if (reading.outcome === 'locked') setState({ step: 'locked', name, wrong: reading.wrong || locked });
      else if (reading.outcome === 'unreadable') {
        held.current = null;
        setState({ step: 'unreadable', name, problem: reading.problem });
      } else {
        setState({ step: 'read', name, size: file.bytes.length, content: reading.content });
        held.current = keep ? { ...file, passphrase: passphrase ?? '' } : null;
      }
    },
    [read, keep],
  );

  const take = useCallback(
    (source: File | { name: string; bytes: Uint8Array }) => {
      turn.current?.abort();
      const controller = new AbortController();
      turn.current = controller;
      const size = source instanceof File ? source.size : source.bytes.length;
      if (atMost !== undefined && size > atMost.bytes) {
        held.current = null;
        setState({ step: 'unreadable', name: source.name, problem: atMost.problem });
        return;
      }
      setState({ step: 'reading', name: source.name, locked: false });
      const bytes =
        source instanceof File ? source.arrayBuffer().then((buffer) => new Uint8Array(buffer)) : source.bytes;
      void Promise.resolve(bytes).then(
        (content) => {
          if (controller.signal.aborted) return;
          held.current = { name: source.name, bytes: content, passphrase: '' };
          void attempt(undefined);
        },
        () => {
          if (!controller.signal.aborted)
            setState({ step: 'unreadable', name: source.name, problem: 'The browser can’t open this file.' });
        },
      );
    },
    [attempt, atMost],
  );

  const clear = useCallback(() => {
    turn.current?.abort();
    held.current = null;
    setState({ step: 'empty' });
  }, []);
  useEffect(
    () => () => {
      turn.current?.abort();
      held.current = null;
    },
    [],
  );

  return {
    state,
    take,
    unlock: useCallback((passphrase: string) => void attempt(passphrase), [attempt]),
    clear,
    secrets: useCallback(() => held.current, []),
  };
}
