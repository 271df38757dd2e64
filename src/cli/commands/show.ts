import type { Command } from 'commander';
import { getCertificate } from '../../api/certificates.ts';
import type { RavenApi } from '../../api/client.ts';
import { type CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateState, daysLeft, stateLabels } from '../../domain/certificate-state.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { isOpenToVersionOne } from '../../domain/version-one.ts';
import { lastUsed } from '../../domain/last-used.ts';
import { agoText, dateTimeText, daysLeftText } from '../../domain/time-text.ts';
import { fromBase64 } from '../../pki/bytes.ts';
import { type CertificateFacts, parseCertificate } from '../../pki/parse-certificate.ts';
import { printable } from '../printable.ts';
import { renderFacts } from '../table.ts';
import { paintFor, printLine, withProgress } from '../terminal.ts';
import { certificateJson, databasesText, isOwn, stateStyle } from './certificate-output.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { readLastUse } from './last-use.ts';
import { readRegistered, type Registered, selectEntry } from './registered.ts';

/** What the certificate itself says; null for the server's own, which RavenDB hands out with the list only, and for SSO users. */
async function readFacts(api: RavenApi, { thumbprint, kind }: CertificateEntry): Promise<CertificateFacts | null> {
  if (kind === 'server') return null;
  const der = (await getCertificate(api, thumbprint))?.certificateDer ?? null;
  return der === null ? null : parseCertificate(fromBase64(der)).catch(() => null);
}

const factsJson = (facts: CertificateFacts) => ({
  subject: facts.subject,
  issuer: facts.issuer,
  serialNumber: facts.serialNumber,
  keyAlgorithm: facts.keyAlgorithm,
  keySize: facts.keySize,
  curve: facts.curve,
  signatureAlgorithm: facts.signatureAlgorithm,
  keyUsages: facts.keyUsages,
  extendedKeyUsages: facts.extendedKeyUsages,
  subjectAlternativeNames: facts.subjectAlternativeNames,
  certificate: Buffer.from(facts.der).toString('base64'),
});

const keyText = ({ keyAlgorithm, keySize, curve }: CertificateFacts): string =>
  curve ?? (keySize === 0 ? keyAlgorithm : `${keyAlgorithm} ${String(keySize)}`);

function versionText(entry: CertificateEntry, facts: CertificateFacts | null): string | null {
  if (isOpenToVersionOne(entry))
    return '1: RavenDB takes all of that version for one, so whoever holds any other gets in as it';
  return facts?.hasVersion === false ? '1' : null;
}

function factLines(
  entry: CertificateEntry,
  facts: CertificateFacts | null,
  used: ReturnType<typeof lastUsed>,
  registered: Registered,
  context: CommandContext,
): string {
  const now = context.now();
  const paint = paintFor(context.terminal);
  const state = certificateState(entry, now, registered.threshold);
  const left = daysLeft(entry, now);
  const whose = registered.viewer !== null && isOwn(entry, registered.viewer.thumbprint) ? ' (the one you use)' : '';
  const lines: (readonly [string, string | null])[] = [
    ['Name', printable(entry.name) + whose],
    ['Thumbprint', entry.thumbprint],
    ['Collection', entry.secondaryThumbprints.join(', ') || null],
    ['Clearance', clearanceLabels[entry.clearance]],
    ['Databases', printable(databasesText(entry))],
    ['State', paint(stateStyle(state), stateLabels[state])],
    ['Valid from', entry.notBefore === null ? null : dateTimeText(facts?.notBefore ?? entry.notBefore)],
    [
      'Expires',
      entry.notAfter === null || left === null
        ? null
        : `${dateTimeText(facts?.notAfter ?? entry.notAfter)} (${daysLeftText(left)})`,
    ],
    ['Second factor', entry.hasTwoFactor === null ? null : entry.hasTwoFactor ? 'yes' : 'no'],
    [
      'Last used',
      used === 'never' ? 'not since the server started' : used === 'unknown' ? 'unknown' : agoText(used, now),
    ],
    ['Subject', facts === null ? null : printable(facts.subject)],
    ['Issuer', facts === null ? null : printable(facts.issuer)],
    ['Serial number', facts?.serialNumber ?? null],
    ['Version', versionText(entry, facts)],
    ['Key', facts === null ? null : keyText(facts)],
    ['Signature', facts?.signatureAlgorithm ?? null],
    ['Pinning hash', entry.pinningHash || null],
  ];
  return renderFacts(
    lines.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const])),
    paint,
  );
}

async function show(context: CommandContext, name: string, options: CommonOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api }) => {
    const [registered, entry, facts, use] = await withProgress(terminal, 'Reading the certificate…', async () => {
      const all = await readRegistered(api);
      const selected = selectEntry(all.entries, name);
      return [all, selected, ...(await Promise.all([readFacts(api, selected), readLastUse(api)]))] as const;
    });
    const used = lastUsed(entry, use);
    if (options.json === true)
      printJson(terminal, {
        ...certificateJson(entry, registered, context.now()),
        lastUsed: typeof used === 'number' ? new Date(used).toISOString() : used,
        ...(facts === null ? {} : factsJson(facts)),
      });
    else printLine(terminal, factLines(entry, facts, used, registered, context));
  });
}

export function addShowCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('show')
      .summary('one certificate with everything known of it')
      .description('Shows one certificate with everything that is known of it.')
      .argument('<certificate>', 'its thumbprint, the first six or more digits of it, or its name'),
  )
    .addHelpText('after', examples('show orders-service', 'show 05576326B5A2 --json'))
    .action((name: string, options: CommonOptions) => show(context, name, options));
}
