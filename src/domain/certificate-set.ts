/** What a set is judged by. */
export interface SetMember {
  readonly thumbprint: string;
  /** Distinguished names as .NET prints them. */
  readonly subject: string;
  readonly issuer: string;
  readonly selfIssued: boolean;
}

export interface SetPlan<Member extends SetMember> {
  /** What RavenDB registers as one entry: the primary first, then its secondaries in the order of the file. */
  readonly registered: readonly Member[];
  /** What it leaves out, and a certificate of the set that was issued under that name. */
  readonly skipped: readonly { readonly certificate: Member; readonly issued: Member }[];
}

/**
 * What RavenDB makes of several certificates in one upload (contract §7.3, measured): whoever issued another one of the set is left
 * out, the rest become one entry. One certificate that comes twice counts once.
 * @param primary thumbprint of the one to head the entry; otherwise it is the first of the file
 */
export function planSet<Member extends SetMember>(certificates: readonly Member[], primary?: string): SetPlan<Member> {
  const members = [...new Map(certificates.map((certificate) => [certificate.thumbprint, certificate])).values()];
  const issuedBy = new Map<string, Member>();
  for (const member of members)
    if (!member.selfIssued && !issuedBy.has(member.issuer)) issuedBy.set(member.issuer, member);
  const skipped: { certificate: Member; issued: Member }[] = [];
  const registered: Member[] = [];
  for (const certificate of members) {
    const issued = members.length > 1 ? issuedBy.get(certificate.subject) : undefined;
    if (issued === undefined) registered.push(certificate);
    else skipped.push({ certificate, issued });
  }
  registered.sort((a, b) => Number(b.thumbprint === primary) - Number(a.thumbprint === primary));
  return { registered, skipped };
}

/** The order in which a PFX has to hold the certificates: RavenDB makes the last one the primary (measured). */
export const fileOrder = <Member extends SetMember>({ registered }: SetPlan<Member>): Member[] =>
  registered.toReversed();

export interface ChainLink {
  /** Distinguished name. */
  readonly name: string;
  /** Whether the file holds the certificate of that name. */
  readonly inFile: boolean;
}

/** Who issued a certificate, who issued that one, … as far as the names in the file lead; empty for a self-issued one. */
export function issuersOf(certificate: SetMember, file: readonly SetMember[]): ChainLink[] {
  const links: ChainLink[] = [];
  let current: SetMember | undefined = certificate;
  while (current !== undefined && !current.selfIssued && links.length < file.length + 1) {
    const { issuer }: SetMember = current;
    const next: SetMember | undefined = file.find(({ subject }) => subject === issuer);
    links.push({ name: issuer, inFile: next !== undefined });
    current = next;
  }
  return links;
}
