import type { Certificate } from '../api/types.ts';
import { clearanceLabels, clearanceReach, type OfferedClearance, offeredClearances } from '../domain/clearance.ts';
import type { Choice } from '../ui/choice.ts';
import { RadioCards } from '../ui/radio-cards.tsx';

/** The clearance: one that is offered to new certificates, or the `present` one of a certificate that is edited. */
export function ClearanceField<Present extends Certificate['clearance'] = never>({
  value,
  present,
  clusterAdmin,
  error,
  onChange,
}: {
  value: OfferedClearance | Present;
  present?: Present;
  /** Whether the viewer may give the clearance Cluster admin. */
  clusterAdmin: boolean;
  error: string | undefined;
  onChange: (clearance: OfferedClearance | Present) => void;
}) {
  const options: Choice<OfferedClearance | Present>[] = offeredClearances.map((clearance) => ({
    value: clearance,
    label: clearanceLabels[clearance],
    description: clearanceReach[clearance],
    disabledReason:
      clearance === 'ClusterAdmin' && !clusterAdmin && present !== clearance
        ? 'Only a cluster admin may give it'
        : undefined,
  }));
  if (present !== undefined && !offeredClearances.some((clearance) => clearance === present))
    options.unshift({ value: present, label: clearanceLabels[present], description: 'As it is now' });
  return <RadioCards legend="Clearance" value={value} error={error} options={options} onChange={onChange} />;
}
