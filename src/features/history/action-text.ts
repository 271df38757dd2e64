import type { HistoryEvent } from '../../api/history.ts';

const texts: Readonly<Record<string, string>> = {
  Generate: 'Issued',
  Upload: 'Registered',
  Edit: 'Changed',
  Delete: 'Deleted',
  Purge: 'Deleted as expired',
  TakeOver: 'Registered by its key',
  TwoFactorLogin: 'Second factor given',
  TwoFactorLogout: 'Session ended',
  ReplaceServer: 'Server certificate replaced',
  RenewServer: 'Server certificate renewed',
};

/** What was done, in the words of this console; a server's own word where it has none. */
export const actionText = ({ action }: Pick<HistoryEvent, 'action'>): string => texts[action] ?? action;

/** Who did it. */
export const actorText = ({ by, byName }: Pick<HistoryEvent, 'by' | 'byName'>): string =>
  byName !== null && byName !== '' ? byName : by === null ? 'The server' : `${by.slice(0, 10)}…`;
