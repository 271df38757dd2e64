import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LastUse } from '../../domain/last-used.ts';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { selectionState } from '../../queries/selection.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { MenuButton, type MenuItem } from '../../ui/menu-button.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Picker } from '../../ui/picker.tsx';
import { PopoverButton } from '../../ui/popover-button.tsx';
import css from './list-dock.module.css';
import { useExportItems } from './list-export.tsx';
import type { ListRow } from './list-rows.ts';
import { databasesOf } from './selected-databases.ts';
import type { Selection } from './use-selection.ts';

/** What can be done to all selected certificates. Each leads to a view that shows first what would change. */
export function ListBulkBar({
  selection,
  shown,
  lastUse,
  onClear,
}: {
  selection: Selection;
  /** The rows that search and filters leave; undefined until the whole list is loaded. */
  shown: readonly ListRow[] | undefined;
  lastUse: LastUse | undefined;
  onClear: () => void;
}) {
  const api = useApi();
  const announce = useAnnounce();
  const { navigate, prefetch, offers } = useNavigation();
  const { data: databases = [] } = useQuery(databaseNamesQuery(api));
  const { rows, keys } = selection;
  const count = numberText(rows.length);
  useEffect(() => announce(`${count} selected`), [announce, count]);
  useEffect(() => prefetch('/bulk'), [prefetch]);
  const exports = useExportItems(rows, { lastUse, complete: true });

  const inSight = shown?.filter(({ entry }) => keys.has(entry.thumbprint)).length ?? rows.length;
  const rest = shown === undefined ? 0 : shown.length - inSight;
  const hidden = rows.length - inSight;
  const selectShown = () => selection.selectAll((shown ?? []).map(({ entry }) => entry.thumbprint));

  const go = (what: string, more: Readonly<Record<string, string>> = {}) =>
    navigate(`/bulk?${new URLSearchParams({ do: what, ...more }).toString()}`, { state: selectionState(keys) });
  const enabled = rows.some(({ entry }) => !entry.disabled);
  const disabled = rows.some(({ entry }) => entry.disabled);
  const taken = databasesOf(rows);
  const none = taken.length === 0 ? 'None of them has access to a database by its permissions.' : undefined;
  const items = [
    { label: 'Enable', icon: 'play', do: 'enable', disabledReason: disabled ? undefined : 'All of them are enabled.' },
    {
      label: 'Disable',
      icon: 'pause',
      do: 'disable',
      disabledReason: enabled ? undefined : 'All of them are disabled.',
    },
    { label: 'Delete', icon: 'trash', do: 'delete', tone: 'danger' },
  ] as const;
  const canDisable = useCapabilities()?.disable !== false;
  const offered = items.filter((item) => offers(`/bulk?do=${item.do}`) && (item.do === 'delete' || canDisable));
  const access = offers('/bulk?do=grant');
  const menu: MenuItem[] = [
    ...(access
      ? [
          { label: 'Give access…', icon: 'database' as const, onSelect: () => go('grant') },
          { label: 'Take access…', onSelect: () => go('revoke'), icon: 'minus' as const, disabledReason: none },
        ]
      : []),
    ...offered.map((item) => ({ ...item, onSelect: () => go(item.do) })),
    ...exports.map((item, index) => ({ ...item, separated: index === 0 })),
    ...(rest > 0
      ? [{ label: `Select all ${numberText(shown?.length ?? 0)}`, icon: 'check' as const, onSelect: selectShown }]
      : []),
  ];
  return (
    <div className={css.bar} role="group" aria-label="Selected certificates">
      <IconButton icon="close" label="Clear selection" onClick={onClear} />
      <span className={css.count}>
        <b>{count} selected</b>
        {hidden > 0 ? <span>{numberText(hidden)} not in this view</span> : null}
      </span>
      <div className={css.actions}>
        {rest > 0 ? (
          <Button size="small" variant="quiet" onClick={selectShown}>
            Select all {numberText(shown?.length ?? 0)}
          </Button>
        ) : null}
        <span className={css.rule} />
        {access ? (
          <>
            <PopoverButton
              size="small"
              icon="database"
              panelLabel="Give access to a database"
              panel={() => (
                <Picker
                  label="Database to give access to"
                  placeholder="Give access to …"
                  options={databases.map((value) => ({ value }))}
                  creatable={(typed) => `“${typed}”, not a database here`}
                  none="This server has no databases"
                  onSelect={(database) => go('grant', { database })}
                />
              )}
            >
              Give access…
            </PopoverButton>
            {none === undefined ? (
              <PopoverButton
                size="small"
                icon="minus"
                panelLabel="Take access to a database"
                panel={() => (
                  <Picker
                    label="Database to take access to"
                    placeholder="Take access to …"
                    options={taken.map(({ database, count: having }) => ({
                      value: database,
                      detail: `${numberText(having)} of ${count}`,
                    }))}
                    none="None of them has it"
                    onSelect={(database) => go('revoke', { database })}
                  />
                )}
              >
                Take access…
              </PopoverButton>
            ) : (
              <Button size="small" icon="minus" disabledReason={none}>
                Take access…
              </Button>
            )}
          </>
        ) : null}
        {offered.map((item) => (
          <Button
            key={item.do}
            size="small"
            icon={item.icon}
            variant={'tone' in item ? item.tone : undefined}
            disabledReason={'disabledReason' in item ? item.disabledReason : undefined}
            onClick={() => go(item.do)}
          >
            {item.label}
          </Button>
        ))}
        <MenuButton size="small" icon="download" menuLabel="Export selected" items={exports}>
          Export
        </MenuButton>
      </div>
      <div className={css.brief}>
        <MenuButton size="small" menuLabel="Actions for selected" items={menu}>
          Actions
        </MenuButton>
      </div>
    </div>
  );
}
