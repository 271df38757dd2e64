import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { type Asn1Node, childrenOf, oidOf } from './asn1.ts';
import { toHex } from './bytes.ts';
import { wellFormed } from './well-formed.ts';

const commonName = '2.5.4.3';

/** Attribute names as .NET on Linux prints them, `S` for state and `E` for e-mail address among them; others become `OID.…`. */
const attributeNames: Record<string, string> = {
  [commonName]: 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'S',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.13': 'Description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'PostalCode',
  '2.5.4.42': 'G',
  '2.5.4.43': 'I',
  '2.5.4.44': 'generationQualifier',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.65': 'pseudonym',
  '0.9.2342.19200300.100.1.1': 'userId',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/**
 * A distinguished name as .NET's X500DistinguishedName.Name prints it: last RDN first, `, ` between them, ` + ` within one,
 * quotes around values that need them, `"` doubled inside.
 */
export function formatDistinguishedName(name: Asn1Node): string {
  return childrenOf(name)
    .map((rdn) => childrenOf(rdn).map(formatAttribute).join(' + '))
    .reverse()
    .join(', ');
}

/** The last common name (the one nearest to the leaf), or null. */
export function commonNameOf(name: Asn1Node): string | null {
  const names = childrenOf(name)
    .flatMap((rdn) => childrenOf(rdn))
    .map((attribute) => childrenOf(attribute))
    .filter(([type]) => oidOf(type) === commonName)
    .map(([, value]) => textOf(value));
  return names.at(-1) ?? null;
}

/** `CN=<name>` built by structure, so that commas, quotes and line breaks in the name are text and nothing else. */
export function commonNameOnly(name: string): pkijs.RelativeDistinguishedNames {
  const value = new asn1js.Utf8String({ value: wellFormed(name) });
  return new pkijs.RelativeDistinguishedNames({
    typesAndValues: [new pkijs.AttributeTypeAndValue({ type: commonName, value })],
  });
}

function formatAttribute(attribute: Asn1Node): string {
  const [type, value] = childrenOf(attribute);
  const oid = oidOf(type);
  return `${attributeNames[oid] ?? `OID.${oid}`}=${quote(textOf(value))}`;
}

function quote(value: string): string {
  const needed = value === '' || /^[\t-\r ]|[\t-\r ]$|[,+="\n<>#;]/.test(value);
  return needed ? `"${value.replaceAll('"', '""')}"` : value;
}

function textOf(value: Asn1Node | undefined): string {
  if (value instanceof asn1js.BaseStringBlock) return value.getValue();
  return value === undefined ? '' : `#${toHex(value.valueBeforeDecodeView)}`;
}
