import type { Certificate } from '../../api/types.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import css from './edit.module.css';

/** Says that the other certificates of a collection change with this one, and which those are. */
export function AlsoChanged({
  entry,
  members,
  grave,
}: {
  entry: Certificate;
  members: readonly Certificate[];
  /** They get more than they have. */
  grave: boolean;
}) {
  return (
    <li className={grave ? css.grave : undefined}>
      <Icon name={grave ? 'warning' : 'info'} size={14} />
      <div>
        All {members.length + 1} certificates of this collection get these settings: whoever holds the key of one of
        them gets in with them. The {members.length === 1 ? 'other one is' : 'others are'}
        <ul className={css.plain} aria-label="Other certificates of the collection">
          {members.map(({ name, thumbprint, clearance }) => (
            <li key={thumbprint}>
              {name === entry.name ? null : `“${name}” `}
              <Link to={`/certificates/${thumbprint}`} className={css.thumbprint}>
                {thumbprint}
              </Link>
              {clearance === entry.clearance ? null : ` (${clearanceLabels[clearance]} now)`}
            </li>
          ))}
        </ul>
        A RavenDB server then keeps them apart: each becomes an entry of its own.
      </div>
    </li>
  );
}
