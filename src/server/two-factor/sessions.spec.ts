import { expect, it } from 'vitest';
import { certificate, codeOf, startSpecNode, temporaryFolder } from '../spec-node.ts';

const list = '/admin/certificates?metadataOnly=true&pageSize=0';

it('a restart ends every session, and a code that was used stays used', async () => {
  const folder = temporaryFolder();
  const alice = certificate('alice');
  const logIn = async (spec: Awaited<ReturnType<typeof startSpecNode>>, code: string) =>
    spec.ask('POST', '/authentication/2fa?hasLimits=false', { as: alice, body: { Token: code } });
  try {
    const first = await startSpecNode({ dataDir: folder.path });
    const key = (await first.ask('GET', '/admin/certificates/2fa/generate')).json<{ Secret: string }>().Secret;
    await first.register('alice', 'Operator', { TwoFactorAuthenticationKey: key });
    const code = await codeOf(key);
    expect((await logIn(first, code)).status).toBe(202);
    // Without limits the session holds for every connection of the certificate.
    expect((await first.ask('GET', list, { as: alice })).status).toBe(200);
    await first.close();

    const second = await startSpecNode({ dataDir: folder.path });
    expect((await second.ask('GET', list, { as: alice })).status).toBe(428);
    expect((await logIn(second, code)).status).toBe(406);
    expect((await logIn(second, await codeOf(key, 2))).status).toBe(202);
    expect((await second.ask('GET', list, { as: alice })).status).toBe(200);
    await second.close();
  } finally {
    folder.remove();
  }
});
