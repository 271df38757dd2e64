import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import { canDo } from './can-do.ts';
import css from './generate.module.css';
import type { GenerateForm } from './generate-form.ts';

/** What the certificate will open, in plain words; below it what can be done now. */
export function CanDoCard({ form, children }: { form: GenerateForm; children: ReactNode }) {
  return (
    <Card className={css.aside} aria-label="What this certificate can do">
      <h2>What this certificate can do</h2>
      <Facts>
        {canDo(form).map(({ what, may, none }) => (
          <Fact key={what} term={<bdi>{what}</bdi>}>
            {none ? <span className={css.faint}>{may}</span> : may}
          </Fact>
        ))}
      </Facts>
      <p className={css.small}>
        Kept by RavenDB, not written into the certificate: you can change it later without a new one.
      </p>
      {children}
    </Card>
  );
}
