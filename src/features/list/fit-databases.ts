import type { DatabasePermission } from '../../api/types.ts';

/** What a tag takes beside its text: padding and the gap to the next, px. */
const around = 16;
/** Mean width of a character at 12 px, px. Only how many tags show depends on it. */
const character = 6.2;
const widestTag = 150;
const more = 40;

const levelWords = { Read: 'read', ReadWrite: 'write', Admin: 'admin', Unknown: '?' } as const;

/** The short word for an access level, as it stands in a tag. */
export const levelWord = (access: DatabasePermission['access']): string => levelWords[access];

/** How many of these permissions have room as tags in `width` px, with room for "+n" after them; at least one. */
export function fittingPermissions(permissions: readonly DatabasePermission[], width: number): number {
  let used = 0;
  for (const [index, { database, access }] of permissions.entries()) {
    used += Math.min(widestTag, (database.length + 1 + levelWord(access).length) * character + around);
    const last = index === permissions.length - 1;
    if (used + (last ? 0 : more) > width) return Math.max(1, index);
  }
  return permissions.length;
}
