import { accessLabels } from '../../domain/database-access.ts';
import type { GenerateForm } from './generate-form.ts';

export interface Ability {
  readonly what: string;
  readonly may: string;
  /** Nothing is opened: shown fainter. */
  readonly none?: true;
}

/** More databases than this are counted, not listed. */
const listed = 8;

const byLevel = (grants: GenerateForm['grants']): Ability[] =>
  (['Admin', 'ReadWrite', 'Read'] as const).flatMap((level) => {
    const count = grants.filter((grant) => grant.level === level).length;
    if (count === 0) return [];
    return [{ what: `${count} database${count === 1 ? '' : 's'}`, may: accessLabels[level].toLowerCase() }];
  });

function databases({ clearance, grants }: GenerateForm): Ability[] {
  if (clearance !== 'ValidUser') return [{ what: 'All databases', may: 'admin' }];
  if (grants.length === 0) return [{ what: 'Databases', may: 'no access', none: true }];
  const chosen =
    grants.length > listed
      ? byLevel(grants)
      : grants.map(({ item, level }) => ({ what: item, may: accessLabels[level].toLowerCase() }));
  return [...chosen, { what: 'The rest', may: 'no access', none: true }];
}

/** What a certificate with these settings opens, in plain words. */
export function canDo(form: GenerateForm): Ability[] {
  const server: Ability =
    form.clearance === 'ValidUser'
      ? { what: 'Server', may: 'no access', none: true }
      : { what: 'Server', may: 'create databases, issue certificates below cluster admin' };
  const cluster: Ability =
    form.clearance === 'ClusterAdmin'
      ? { what: 'Cluster', may: 'everything: nodes, licence, all certificates' }
      : { what: 'Cluster', may: 'no access', none: true };
  return [
    ...databases(form),
    ...(form.clearance === 'ClusterAdmin' ? [] : [server]),
    cluster,
    form.twoFactor
      ? { what: 'Second factor', may: 'asked when it connects' }
      : { what: 'Second factor', may: 'not asked', none: true },
  ];
}
