import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSettings, readSettings, settingOf } from './read-settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('settings.json', () => {
  it('takes keys dotted, nested and both at once', () => {
    const text = `{
      "ServerUrl": "https://localhost:0",
      "Setup.Mode": "None",
      "Security": { "Certificate": { "Path": "a.pfx" }, "Certificate.Password": "x", "TwoFactor": { "MaxSessionDurationInMin": 30 } },
      "Security.Csrf.Enabled": false,
      "Security.WellKnownCertificates.Admin": ["A", "B"],
      "License": null
    }`;
    expect(parseSettings(`\uFEFF${text}`)).toEqual({
      ServerUrl: 'https://localhost:0',
      'Setup.Mode': 'None',
      'Security.Certificate.Path': 'a.pfx',
      'Security.Certificate.Password': 'x',
      'Security.TwoFactor.MaxSessionDurationInMin': '30',
      'Security.Csrf.Enabled': 'false',
      'Security.WellKnownCertificates.Admin': 'A;B',
    });
  });
  it('is asked for a key in any case', () => {
    expect(settingOf({ datadir: 'x' }, 'DataDir')).toBe('x');
    expect(settingOf({}, 'DataDir')).toBeUndefined();
  });
  it('names files and folders from where it lies', async () => {
    const file = join(folder, 'settings.json');
    await writeFile(
      file,
      '{"DataDir":"data","Security.Certificate.Path":"/etc/a.pfx","Security.Certificate.Password":"p"}',
    );
    expect(await readSettings(file)).toEqual({
      DataDir: join(folder, 'data'),
      'Security.Certificate.Path': '/etc/a.pfx',
      'Security.Certificate.Password': 'p',
    });
  });
  it.each(['', '[]', '"x"', '{"a":', 'null'])('says that %j is none', async (content) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, content);
    await expect(readSettings(file)).rejects.toThrow(`The settings file ${file} isn’t a JSON object.`);
  });
  it('says that it isn’t there', async () => {
    await expect(readSettings(join(folder, 'none.json'))).rejects.toThrow('ENOENT');
  });
});
