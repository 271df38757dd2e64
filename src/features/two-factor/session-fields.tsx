import { useState } from 'react';
import type { TwoFactorConfiguration } from '../../api/two-factor.ts';
import { minutesText } from '../../domain/duration-text.ts';
import { numberText } from '../../domain/time-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { sessionLengths } from './session-length.ts';

/** How long the session lasts and whom it lets in. */
export function SessionFields({
  configuration,
  minutes,
  onMinutes,
  problem,
  everyClient,
  onEveryClient,
  gateway,
}: {
  configuration: TwoFactorConfiguration;
  /** As typed. */
  minutes: string;
  onMinutes: (minutes: string) => void;
  problem: string | null;
  everyClient: boolean;
  onEveryClient: (everyClient: boolean) => void;
  /** Whether a gateway keeps the session, or this browser does. */
  gateway: boolean;
}) {
  const [own, setOwn] = useState(false);
  const longest = configuration.maxSessionDuration;
  return (
    <>
      <SelectField
        label="Session lasts"
        value={own ? 'own' : minutes}
        onChange={({ target }) => {
          setOwn(target.value === 'own');
          onMinutes(target.value === 'own' ? '' : target.value);
        }}
      >
        {sessionLengths(configuration).map((length) => (
          <option key={length.minutes} value={length.minutes}>
            {length.label}
          </option>
        ))}
        <option value="own">Another length…</option>
      </SelectField>
      {own ? (
        <TextField
          label="Minutes"
          inputMode="numeric"
          autoFocus
          value={minutes}
          onChange={({ target }) => onMinutes(target.value)}
          hint={`1 to ${numberText(longest)} (${minutesText(longest)})`}
          error={problem}
        />
      ) : null}
      <RadioCards
        legend="It lets in"
        value={everyClient ? 'every' : 'this'}
        onChange={(value) => onEveryClient(value === 'every')}
        options={[
          {
            value: 'this',
            label: gateway ? 'This console only' : 'This browser only',
            description: 'Other clients with this certificate still need a code',
          },
          { value: 'every', label: 'Every client', description: 'Any program that connects with this certificate' },
        ]}
      />
      {everyClient ? (
        <Notice tone="warn" title="Until the session ends, the code protects nothing">
          Whoever has this certificate’s key, on any computer, gets in to this server without a code.
        </Notice>
      ) : null}
    </>
  );
}
