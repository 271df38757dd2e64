import { unzipSync, zipSync, type Zippable } from 'fflate';
import { safeFileName } from './output-file.ts';

/** The owner's alone, as a plain file. */
const ownerOnly = 0o100600 << 16;
const unix = 3;

/**
 * The zip as it came, unless an entry's name would lead out of the folder it is unpacked to: RavenDB takes the certificate's name as
 * it is (contract §7.2). Then the same content under safe names.
 */
export function safeZip(zip: Uint8Array): Uint8Array {
  const entries = Object.entries(unzipSync(zip));
  if (entries.every(([name]) => name === safeFileName(name))) return zip;
  const safe: Zippable = {};
  for (const [name, content] of entries) safe[safeEntryName(name)] = [content, { attrs: ownerOnly, os: unix }];
  return zipSync(safe);
}

/** Keeps the ending, which `safeFileName` may cut off a long name. */
function safeEntryName(name: string): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.(?:pfx|crt|key))?$/s.exec(name) ?? [];
  return safeFileName(stem) + ending;
}
