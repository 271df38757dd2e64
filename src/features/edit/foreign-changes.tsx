import type { SettingsKey } from '../../domain/certificate-settings.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { canKeepMine, type Settled, type Side } from './edit-state.ts';
import css from './edit.module.css';

/** What somebody else changed while the form was open: taken over where nothing was typed, to be settled where something was. */
export function ForeignChanges({
  foreign,
  onSettle,
}: {
  foreign: readonly Settled[];
  onSettle: (side: Side, keys: readonly SettingsKey[]) => void;
}) {
  if (foreign.length === 0) return null;
  const open = foreign.filter(({ side }) => side === undefined);
  const contradictions = foreign.filter(({ change }) => change.mine !== null).map(({ change }) => change.key);
  return (
    <div role="alert">
      <Notice
        tone={open.length > 0 ? 'warn' : 'info'}
        title="Somebody else changed this certificate while you were editing"
        actions={
          contradictions.length < 2 ? undefined : (
            <>
              <Button size="small" onClick={() => onSettle('mine', contradictions)}>
                Keep all mine
              </Button>
              <Button size="small" onClick={() => onSettle('theirs', contradictions)}>
                Take all theirs
              </Button>
            </>
          )
        }
      >
        <p>
          {open.length > 0
            ? 'Nothing was saved, and nothing that you entered is lost. Choose what holds where you both changed the same, then save.'
            : 'What you hadn’t touched is now as they left it. Look at it, then save.'}
        </p>
        <ul className={css.foreign} aria-label="Their changes">
          {foreign.map((settled) => (
            <ForeignRow
              key={settled.change.key}
              settled={settled}
              onSide={(side) => onSettle(side, [settled.change.key])}
            />
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function ForeignRow({ settled, onSide }: { settled: Settled; onSide: (side: Side) => void }) {
  const { change, side } = settled;
  return (
    <li className={css.foreignRow}>
      <span>
        <b className={css.what}>{change.what}:</b> {change.from} → {change.to}
        {change.mine === null ? '' : ` (you: ${change.mine})`}
      </span>
      {canKeepMine(settled) ? (
        <SegmentedControl
          label={`${change.what}: which change holds`}
          value={side}
          onChange={onSide}
          options={[
            { value: 'mine', label: change.mine === null ? 'Put back' : 'Keep mine' },
            { value: 'theirs', label: 'Take theirs' },
          ]}
        />
      ) : null}
    </li>
  );
}
