import { databaseAccessLevels } from '../api/types.ts';
import { accessLabels } from '../domain/database-access.ts';

/** How far a database can be opened, to choose from. */
export const accessChoices = databaseAccessLevels.map((value) => ({ value, label: accessLabels[value] }));
