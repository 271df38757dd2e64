import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { GenerateCertificate } from '../../api/certificates.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesKey, generateMutation } from '../../queries/certificates.ts';
import { saveFile } from '../../ui/save-file.ts';
import { thumbprintInZip } from './certificate-zip.ts';

export interface Generate {
  /** Nothing happens while one runs. */
  readonly start: (prepare: () => GenerateCertificate) => void;
  readonly stop: () => void;
  readonly state: 'idle' | 'running' | 'stopped' | 'failed' | 'done';
  readonly error: unknown;
  /** Of the new certificate, once `done`; null when the zip couldn't be read. */
  readonly thumbprint: string | null;
}

type Progress = Pick<Generate, 'state' | 'error' | 'thumbprint'>;

const idle: Progress = { state: 'idle', error: null, thumbprint: null };

/** Runs the request, hands the zip to the downloads and keeps nothing of it but the thumbprint. Leaving the view ends it. */
export function useGenerate(): Generate {
  const api = useApi();
  const client = useQueryClient();
  const mutation = useMutation(generateMutation(api));
  const [progress, setProgress] = useState(idle);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (prepare: () => GenerateCertificate) => {
    if (running.current !== undefined) return;
    const stopping = new AbortController();
    running.current = stopping;
    setProgress({ ...idle, state: 'running' });
    try {
      const thumbprint = await mutation.mutateAsync({
        prepare,
        receive: async (file) => {
          saveFile(file);
          return thumbprintInZip(file.content);
        },
        signal: stopping.signal,
      });
      setProgress({ state: 'done', error: null, thumbprint });
    } catch (error) {
      const stopped = stopping.signal.aborted;
      setProgress({ state: stopped ? 'stopped' : 'failed', error: stopped ? null : error, thumbprint: null });
      // The server may have gone on by itself: the list knows.
      void client.invalidateQueries({ queryKey: certificatesKey });
    } finally {
      running.current = undefined;
      mutation.reset();
    }
  };
  return { ...progress, start: (prepare) => void run(prepare), stop: () => running.current?.abort() };
}
