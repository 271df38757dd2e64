import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Certificate } from '../../api/types.ts';
import { planSet, type SetPlan } from '../../domain/certificate-set.ts';
import { byGravity, type Finding } from '../../domain/finding.ts';
import { isServersOwn, uploadFindings } from '../../domain/upload-findings.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, whoAmIQuery } from '../../queries/certificates.ts';

export interface Review {
  readonly plan: SetPlan<CertificateFacts>;
  /** Gravest first. */
  readonly findings: readonly Finding[];
  readonly agreed: ReadonlySet<string>;
  /** False until the list of what is registered is complete. */
  readonly compared: boolean;
  /** Why the list couldn't be had; null when it could. */
  readonly error: Error | null;
  /** The registered entry of a thumbprint that an upload replaces; never the server's own. */
  readonly replaced: (thumbprint: string | undefined) => Certificate | undefined;
  readonly include: (thumbprint: string, included: boolean) => void;
  readonly makePrimary: (thumbprint: string) => void;
  readonly agree: (id: string, agrees: boolean) => void;
}

const changed = (set: ReadonlySet<string>, item: string, holds: boolean): ReadonlySet<string> => {
  const next = new Set(set);
  if (holds) next.add(item);
  else next.delete(item);
  return next;
};

/** What would be registered of a file, and what there is to know about that. @param now milliseconds UTC */
export function useReview(certificates: readonly CertificateFacts[], now: number): Review {
  const api = useApi();
  const { data: list, error } = useQuery(certificatesQuery(api));
  const { data: me } = useQuery(whoAmIQuery(api));
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [primary, setPrimary] = useState<string>();
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const plan = useMemo(
    () =>
      planSet(
        certificates.filter(({ thumbprint }) => !leftOut.has(thumbprint)),
        primary,
      ),
    [certificates, leftOut, primary],
  );
  const compared = list?.complete === true && me !== undefined;
  const findings = useMemo(
    () =>
      list === undefined || !compared
        ? []
        : byGravity(uploadFindings(plan.registered, { list, viewer: me ?? null, now })),
    [plan, list, compared, me, now],
  );
  return {
    plan,
    findings,
    agreed,
    compared,
    error,
    replaced: (thumbprint) =>
      list?.certificates.find(
        (certificate) =>
          certificate.thumbprint.toUpperCase() === thumbprint?.toUpperCase() &&
          !isServersOwn(certificate.thumbprint, list),
      ),
    include: (thumbprint, included) => setLeftOut((before) => changed(before, thumbprint, !included)),
    makePrimary: setPrimary,
    agree: (id, agrees) => setAgreed((before) => changed(before, id, agrees)),
  };
}
