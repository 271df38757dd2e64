import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { RavenApi } from '../api/client.ts';
import { certificatesQuery, listInterval, type LoadedCertificates } from './certificates.ts';

/** Answers pages as RavenDB does: the server's own certificate on each, on top of the page. */
function server(
  count: number,
  registeredTwin = false,
): { api: RavenApi; asked: string[]; stored: { Name: string; Thumbprint: string }[] } {
  const asked: string[] = [];
  const stored = Array.from({ length: count }, (_, i) => ({
    Name: `n${String(i)}`,
    Thumbprint: i.toString(16).toUpperCase().padStart(40, '0'),
  }));
  const own = {
    Name: 'Server Certificate',
    Thumbprint: registeredTwin ? (stored[0]?.Thumbprint ?? '') : 'F'.repeat(40),
  };
  const api: RavenApi = {
    baseUrl: '/raven',
    fetch: (input) => {
      const { searchParams } = new URL(input instanceof Request ? input.url : input, 'http://x');
      const start = Number(searchParams.get('start'));
      asked.push(`${String(start)}+${searchParams.get('pageSize') ?? ''}`);
      const page = stored
        .slice(start, start + Number(searchParams.get('pageSize')))
        .filter(({ Thumbprint }) => Thumbprint !== own.Thumbprint);
      return Promise.resolve(Response.json({ Results: [own, ...page], LoadedServerCert: own.Thumbprint }));
    },
  };
  return { api, asked, stored };
}

test.each([0, 1, 47, 48, 49, 50, 51, 52, 2049, 2050, 2051, 5000])(
  '%i certificates are all loaded, each once',
  async (count) => {
    const { api } = server(count);
    const list = await new QueryClient().query(certificatesQuery(api));
    expect(list.complete).toBe(true);
    expect(new Set(list.certificates.map(({ thumbprint }) => thumbprint)).size).toBe(count + 1);
    expect(list.certificates).toHaveLength(count + 1);
  },
);

test('a registered twin of the server’s certificate doesn’t end the list early', async () => {
  const list = await new QueryClient().query(certificatesQuery(server(3000, true).api));
  expect(list.certificates).toHaveLength(3000);
});

test('the first page shows before the others are there, and a reload keeps the whole list meanwhile', async () => {
  const { api, asked } = server(5000);
  const client = new QueryClient();
  const { queryKey } = certificatesQuery(api);
  const sizes: number[] = [];
  client.getQueryCache().subscribe(() => {
    const size = client.getQueryData<LoadedCertificates>(queryKey)?.certificates.length;
    if (size !== undefined && size !== sizes.at(-1)) sizes.push(size);
  });
  await client.query(certificatesQuery(api));
  expect(sizes).toEqual([51, 2051, 4051, 5001]);
  expect(asked).toEqual(['0+50', '50+2000', '2050+2000', '4050+2000']);
  await client.refetchQueries({ queryKey });
  expect(sizes).toEqual([51, 2051, 4051, 5001]);
});

test('loaded again without a change it is the same list, with one only that certificate is another', async () => {
  const { api, stored } = server(3000);
  const client = new QueryClient();
  const { queryKey } = certificatesQuery(api);
  const first = await client.query(certificatesQuery(api));
  await client.refetchQueries({ queryKey });
  expect(client.getQueryData(queryKey)).toBe(first);
  stored[2500] = { Name: 'renamed', Thumbprint: stored[2500]?.Thumbprint ?? '' };
  await client.refetchQueries({ queryKey });
  const second = client.getQueryData<LoadedCertificates>(queryKey);
  const differing = second?.certificates.filter((certificate, index) => certificate !== first.certificates[index]);
  expect(differing?.map(({ name }) => name)).toEqual(['renamed']);
});

test('a long list is asked for less often', () => {
  expect([0, 2_000, 10_000, 100_000].map(listInterval)).toEqual([30_000, 30_000, 40_000, 400_000]);
});
