import type { RavenApi } from '../../api/client.ts';
import { getClusterTopology } from '../../api/server.ts';
import { isPassive, passiveText } from '../../domain/cluster.ts';
import { printMessage } from '../terminal.ts';
import type { CommandContext } from './context.ts';

/** Says what the first change does to a server that belongs to no cluster yet. */
export async function sayIfPassive({ terminal }: CommandContext, api: RavenApi): Promise<void> {
  if (isPassive(await getClusterTopology(api))) printMessage(terminal, `${passiveText.title} ${passiveText.text}`);
}
