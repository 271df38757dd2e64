import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { GenerateCertificate } from '../../api/certificates.ts';
import { toBase64 } from '../../pki/bytes.ts';
import { thumbprintInZip } from '../../pki/certificate-zip.ts';
import type { ClientIdentityStep } from '../../pki/client-identity-task.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesKey, generateMutation } from '../../queries/certificates.ts';
import { registerMadeMutation } from '../../queries/register-made.ts';
import { saveFile } from '../../ui/save-file.ts';
import type { HereOrder } from './here-order.ts';
import { type Made, makeHere } from './make-here.ts';

/** Who makes the key, and a function that reads the form and its secrets when that begins. */
export type GenerateOrder =
  | { readonly maker: 'server'; readonly prepare: () => GenerateCertificate }
  | { readonly maker: 'browser'; readonly prepare: () => HereOrder };

/** `server`: it makes key and certificate. The others are the way of a key that is made here. */
export type GenerateStep = 'server' | ClientIdentityStep | 'register';

export interface Generate {
  /** Nothing happens while one runs. */
  readonly start: (order: GenerateOrder) => void;
  readonly stop: () => void;
  readonly state: 'idle' | 'running' | 'stopped' | 'failed' | 'done';
  /** What runs, or ran last. */
  readonly step: GenerateStep;
  readonly error: unknown;
  /** Of the new certificate, once `done`; null when the zip couldn't be read. */
  readonly thumbprint: string | null;
}

type Progress = Omit<Generate, 'start' | 'stop'>;

const idle: Progress = { state: 'idle', step: 'server', error: null, thumbprint: null };

/**
 * Issues the certificate, hands the zip to the downloads and keeps nothing of it but the thumbprint. A key that was made here waits for the
 * next try when registering failed. Leaving the view ends it all.
 */
export function useGenerate(): Generate {
  const api = useApi();
  const client = useQueryClient();
  const generate = useMutation(generateMutation(api));
  const register = useMutation(registerMadeMutation(api));
  const [progress, setProgress] = useState(idle);
  const running = useRef<AbortController>(undefined);
  const made = useRef<Made>(undefined);
  useEffect(
    () => () => {
      running.current?.abort();
      made.current = undefined;
    },
    [],
  );
  const onStep = (step: GenerateStep) => setProgress((before) => ({ ...before, step }));

  const byServer = (prepare: () => GenerateCertificate, signal: AbortSignal) =>
    generate.mutateAsync({
      prepare,
      receive: async (file) => {
        saveFile(file);
        return thumbprintInZip(file.content);
      },
      signal,
    });

  const here = (prepare: () => HereOrder, signal: AbortSignal) => {
    let save: (() => string) | undefined;
    return register.mutateAsync({
      prepare: async () => {
        const order = prepare();
        const { der, privateKeyPkcs8, thumbprint, zip } = await makeHere(order, made.current, onStep, signal);
        made.current = { request: order.task.request, issued: { der, privateKeyPkcs8 } };
        save = () => {
          saveFile({ fileName: order.zipName, content: new Blob([zip], { type: 'application/zip' }) });
          made.current = undefined;
          return thumbprint;
        };
        onStep('register');
        return { ...order.settings, certificate: toBase64(der) };
      },
      registered: () => save?.() ?? '',
      signal,
    });
  };

  const run = async (order: GenerateOrder) => {
    if (running.current !== undefined) return;
    const stopping = new AbortController();
    running.current = stopping;
    setProgress({ ...idle, state: 'running', step: order.maker === 'server' ? 'server' : 'key' });
    try {
      const thumbprint = await (order.maker === 'server'
        ? byServer(order.prepare, stopping.signal)
        : here(order.prepare, stopping.signal));
      setProgress((before) => ({ ...before, state: 'done', thumbprint }));
    } catch (error) {
      const stopped = stopping.signal.aborted;
      setProgress((before) => ({
        ...before,
        state: stopped ? 'stopped' : 'failed',
        error: stopped ? null : error,
      }));
      // The server may have gone on by itself: the list knows.
      void client.invalidateQueries({ queryKey: certificatesKey });
    } finally {
      running.current = undefined;
      generate.reset();
      register.reset();
    }
  };
  return { ...progress, start: (order) => void run(order), stop: () => running.current?.abort() };
}
