import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { RavenError } from '../../api/errors.ts';
import { assertSecondFactor } from '../../api/two-factor.ts';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { explainError } from '../../domain/explain-error.ts';
import { whatIsMissing } from '../../domain/finding.ts';
import { readOnlyProblem } from '../../domain/rights.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificateQuery, certificatesQuery, uploadMutation, whoAmIQuery } from '../../queries/certificates.ts';
import { licenceQuery } from '../../queries/server.ts';
import { Findings } from '../../ui/findings.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { FileContents } from './file-contents.tsx';
import { Overwritten } from './overwritten.tsx';
import { writeKeylessPfx } from './read-upload.ts';
import { Summary } from './summary.tsx';
import css from './upload.module.css';
import { emptyForm, formOf, suggestedName, type UploadForm, validateUpload } from './upload-form.ts';
import { uploadRequest } from './upload-request.ts';
import { UploadSettings } from './upload-settings.tsx';
import { useReview } from './use-review.ts';

/** The second step: what is in the file, what stands against it, and the settings it is registered with. */
export function ReviewUpload({
  name,
  file,
  initialName,
  kept,
  onAnother,
}: {
  name: string;
  file: CertificateFile;
  initialName: string | undefined;
  /** Settings that were entered for the file before; null for none. */
  kept: UploadForm | null;
  onAnother: (form: UploadForm | null) => void;
}) {
  const api = useApi();
  const client = useQueryClient();
  const { navigate } = useNavigation();
  const { data: me } = useQuery(whoAmIQuery(api));
  const { data: licence } = useQuery(licenceQuery(api));
  const [now] = useState(Date.now);
  const review = useReview(file.certificates, now);
  const [entered, setEntered] = useState<UploadForm | null>(kept);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const authenticationKey = useRef<string | null>(null);
  const formElement = useRef<HTMLDivElement>(null);
  const formId = useId();
  const upload = useMutation(uploadMutation(api));

  const [primary] = review.plan.registered;
  const replaced = review.replaced(primary?.thumbprint);
  // Until somebody enters something, what is registered already keeps its settings.
  const form =
    entered ??
    (replaced === undefined
      ? {
          ...emptyForm,
          name:
            initialName ??
            suggestedName(review.plan.registered.length === 1 ? (primary?.commonName ?? null) : null, name),
        }
      : formOf(replaced));
  const problems = validateUpload(form, {
    readOnlyLicence: licence?.hasReadOnlyCertificates ?? null,
    clusterAdmin: me == null || isClusterAdmin(me.clearance),
  });
  const refused =
    failure instanceof RavenError && failure.status === 402 ? { grants: failure.message || readOnlyProblem } : {};
  const missing =
    review.error !== null
      ? `${explainError(review.error).title}: what is registered isn’t known.`
      : !review.compared
        ? 'Comparing with what is registered…'
        : primary === undefined
          ? 'Choose at least one certificate to register.'
          : whatIsMissing(review.findings, review.agreed);

  const send = async () => {
    if (sending || missing !== undefined) return;
    setTried(true);
    if (Object.keys(problems).length > 0) {
      requestAnimationFrame(() =>
        formElement.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"] ~ * input')?.focus(),
      );
      return;
    }
    setSending(true);
    setFailure(null);
    try {
      await assertStillNew();
      const request = await uploadRequest(form, review.plan, authenticationKey.current, writeKeylessPfx);
      await upload.mutateAsync(request);
      if (request.authenticationKey !== undefined && primary !== undefined)
        await assertSecondFactor(api, { name: request.name, thumbprint: primary.thumbprint });
      authenticationKey.current = null;
      navigate(`/?new=${primary?.thumbprint ?? ''}`);
    } catch (error) {
      setFailure(error);
    } finally {
      // The mutation would keep the authentication key as long as this form stands.
      upload.reset();
      setSending(false);
    }
  };

  /** RavenDB overwrites without a word, so what was new when the page was drawn is looked for once more. */
  const assertStillNew = async () => {
    if (primary === undefined || replaced !== undefined) return;
    const entry = await client.query({ ...certificateQuery(api, primary.thumbprint), staleTime: 0 });
    if (entry === null) return;
    await client.invalidateQueries({ queryKey: certificatesQuery(api).queryKey });
    throw new RegisteredMeanwhile(entry.name);
  };

  return (
    <div className={css.columns}>
      <div className={css.main} ref={formElement}>
        <FileContents
          name={name}
          file={file}
          plan={review.plan}
          now={now}
          onInclude={review.include}
          onPrimary={review.makePrimary}
          onAnother={() => onAnother(entered)}
        />
        <Findings
          items={review.findings}
          agreed={review.agreed}
          onAgree={review.agree}
          more={({ id, about }) => {
            const entry = id.startsWith('registered-') ? review.replaced(about) : undefined;
            return entry === undefined ? null : (
              <Overwritten entry={entry} form={form} onTakeOver={() => setEntered(formOf(entry))} />
            );
          }}
        />
        <UploadSettings
          id={formId}
          form={form}
          problems={{ ...(tried ? problems : {}), ...refused }}
          authenticationKey={authenticationKey}
          onChange={(change) => setEntered({ ...form, ...change })}
          onSubmit={() => void send()}
        />
      </div>
      <Summary
        form={form}
        count={review.plan.registered.length}
        replaces={replaced !== undefined}
        failure={failure}
        missing={missing}
        sending={sending}
        formId={formId}
      />
    </div>
  );
}

/** Somebody else registered it between drawing the page and sending. */
class RegisteredMeanwhile extends Error {
  override readonly name = 'RegisteredMeanwhile';
  constructor(entry: string) {
    super(`It has been registered as “${entry}” meanwhile. Look above at what would be replaced, then send again.`);
  }
}
