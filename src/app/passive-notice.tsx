import { useQuery } from '@tanstack/react-query';
import { isPassive, passiveText } from '../domain/cluster.ts';
import { useApi } from '../queries/api-context.ts';
import { topologyQuery } from '../queries/server.ts';
import { Notice } from '../ui/notice.tsx';

/** How often a passive server is asked whether it still is one, in milliseconds; only while the page is looked at. */
const lookEvery = 5_000;

/** Said before the first change, which can't be taken back; it goes when that was made, here or elsewhere. */
export function PassiveNotice() {
  const { data } = useQuery({
    ...topologyQuery(useApi()),
    refetchInterval: ({ state }) => (isPassive(state.data) ? lookEvery : false),
  });
  if (!isPassive(data)) return null;
  return <Notice title={passiveText.title}>{passiveText.text}</Notice>;
}
