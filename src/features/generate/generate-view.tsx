import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, whoAmIQuery } from '../../queries/certificates.ts';
import { licenceQuery } from '../../queries/server.ts';
import { Card } from '../../ui/card.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formResolver, problemsOf } from '../../ui/form-resolver.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { useToast } from '../../ui/toasts.tsx';
import { CanDoCard } from './can-do-card.tsx';
import { GenerateActions } from './generate-actions.tsx';
import { GenerateFields } from './generate-fields.tsx';
import css from './generate.module.css';
import type { GenerateForm } from './generate-form.ts';
import { generateRequest } from './generate-request.ts';
import { hereOrder } from './here-order.ts';
import { refusedField } from './refused-field.ts';
import { useGenerate } from './use-generate.ts';
import { validateGenerate } from './validate-generate.ts';

/** A certificate in the place of another: its name and rights, and no way to choose others. */
export interface Succession {
  readonly thumbprint: string;
  /** Called once it is issued and saved; null when its zip couldn't be read. */
  readonly onIssued: (thumbprint: string | null) => void;
}

/** The form, and beside it what the certificate will be able to do. */
export function GenerateView({ begin, succession }: { begin: GenerateForm; succession?: Succession }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const { navigate } = useNavigation();
  const { data: me } = useQuery(whoAmIQuery(api));
  const { data: licence } = useQuery(licenceQuery(api));
  const [now] = useState(Date.now);
  // A snapshot of what is known is enough for a hint, and doesn't draw the form again with every page of a long list.
  const [taken] = useState(
    () => new Set(client.getQueryData(certificatesQuery(api).queryKey)?.certificates.map(({ name }) => name)),
  );
  const [passphraseEntered, setPassphraseEntered] = useState(false);
  const [asking, setAsking] = useState(false);
  const passphrase = useRef<HTMLInputElement>(null);
  const authenticationKey = useRef<string | null>(null);
  const view = useRef<HTMLDivElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  const formId = useId();
  const generate = useGenerate();
  const locked = generate.state === 'running' || generate.state === 'done';

  const limits = {
    now,
    readOnlyLicence: licence?.hasReadOnlyCertificates ?? null,
    clusterAdmin: me == null || isClusterAdmin(me.clearance),
  };
  const { control, handleSubmit, setValue, setError, trigger, formState } = useForm<GenerateForm>({
    defaultValues: begin,
    resolver: formResolver((values) => validateGenerate(values, limits)),
    shouldFocusError: false,
  });
  // Every field has a default: what is watched is whole.
  const form = useWatch({ control }) as GenerateForm;
  const problems = problemsOf(formState.errors);
  const change = (changed: Partial<GenerateForm>) => {
    for (const [field, value] of Object.entries(changed) as [keyof GenerateForm, GenerateForm[keyof GenerateForm]][])
      setValue(field, value, { shouldDirty: true });
    // One field can be what is wrong with another: without databases nobody asks for a licence.
    if (formState.isSubmitted) void trigger();
  };

  const toField = (name: string | undefined) => {
    const field = fields.current?.querySelector(`[data-field="${name ?? ''}"]`);
    const target = field?.querySelector<HTMLElement>('[autocomplete="one-time-code"]') ?? field?.querySelector('input');
    target?.focus();
  };
  const toButton = (which: string) => view.current?.querySelector<HTMLElement>(`button${which}`)?.focus();
  const start = () => {
    const secrets = () => ({
      passphrase: passphrase.current?.value ?? '',
      authenticationKey: authenticationKey.current,
    });
    generate.start(
      form.keyMaker === 'server'
        ? { maker: 'server', prepare: () => generateRequest(form, secrets(), Date.now()) }
        : { maker: 'browser', prepare: () => hereOrder(form, secrets(), Date.now()) },
    );
  };
  const submit = (event: SubmitEvent) =>
    void handleSubmit(
      ({ clearance, grants }) => {
        if (locked) return;
        if (clearance === 'ValidUser' && grants.length === 0 && succession === undefined) setAsking(true);
        else start();
      },
      (errors) => toField(Object.keys(errors)[0]),
    )(event);

  const arrive = useEffectEvent(() => {
    const { thumbprint } = generate;
    if (succession !== undefined) {
      succession.onIssued(thumbprint);
      return;
    }
    toast({
      tone: 'success',
      text: `“${form.name.trim()}” is issued. Its zip is in your downloads, with the only copy of the private key.`,
      ...(thumbprint === null
        ? {}
        : { action: { label: 'How to use it', onSelect: () => navigate(`/certificates/${thumbprint}/use`) } }),
    });
    navigate(thumbprint === null ? '/' : `/?new=${thumbprint}`, { replace: true });
  });
  // What the server refused stands at its field until that is changed.
  const refused = generate.state === 'failed' ? Object.entries(refusedField(generate.error) ?? {}) : [];
  const refusedAt = useEffectEvent(() => {
    for (const [field, message] of refused) setError(field as keyof GenerateForm, { type: 'server', message });
    if (refused.length > 0) toField(refused[0]?.[0]);
    else toButton('[type="submit"]');
  });
  useEffect(() => {
    // After the guard has seen that nothing is unsaved any more.
    if (generate.state === 'done') arrive();
    if (generate.state === 'failed') refusedAt();
    // The pressed button has gone: the focus goes to the one in its place.
    if (generate.state === 'running') toButton('[data-stop]');
    if (generate.state === 'stopped') toButton('[type="submit"]');
  }, [generate.state]);

  const settings = (
    <form id={formId} noValidate onSubmit={submit}>
      <div ref={fields} className={css.form} inert={locked}>
        <GenerateFields
          form={form}
          limits={limits}
          problems={problems}
          nameTaken={taken.has(form.name.trim())}
          passphrase={passphrase}
          authenticationKey={authenticationKey}
          successorOf={succession?.thumbprint}
          onChange={change}
          onPassphrase={setPassphraseEntered}
        />
      </div>
    </form>
  );
  const actions = (
    <GenerateActions
      formId={formId}
      generate={generate}
      atField={refused.length > 0}
      successor={succession !== undefined}
    />
  );

  return (
    <>
      <div ref={view} className={succession === undefined ? css.columns : css.form}>
        {succession === undefined ? <Card aria-label="Settings">{settings}</Card> : settings}
        {succession === undefined ? <CanDoCard form={form}>{actions}</CanDoCard> : actions}
      </div>
      {asking ? (
        <FormDialog
          title="Issue it without a database?"
          submitLabel="Generate anyway"
          cancelLabel="Back to the form"
          onSubmit={() => {
            setAsking(false);
            start();
            return Promise.resolve();
          }}
          onClose={() => {
            setAsking(false);
            // Once the dialog has given it back to the button.
            requestAnimationFrame(() =>
              fields.current?.querySelector<HTMLElement>('[data-field="grants"] [role="combobox"]')?.focus(),
            );
          }}
          explainError={() => ({ title: 'That didn’t work' })}
        >
          <p>A user without a database can connect, but open nothing. You can give it databases later.</p>
        </FormDialog>
      ) : null}
      <LeaveGuard
        when={
          (formState.isDirty || passphraseEntered || generate.step === 'register' || generate.state === 'running') &&
          generate.state !== 'done'
        }
        title={generate.state === 'running' ? 'Leave while it is made?' : 'Leave without generating?'}
      >
        <p>
          {generate.state === 'running'
            ? 'The certificate may still be registered, but its key would be lost: nobody could use it.'
            : generate.step === 'register'
              ? 'The key that was made would be lost, and what you entered too.'
              : 'What you entered would be lost.'}
        </p>
      </LeaveGuard>
    </>
  );
}
