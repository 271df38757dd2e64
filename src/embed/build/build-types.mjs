import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';

const entries = [
  'embed/index.d.ts',
  'embed/mount.d.ts',
  'embed/element.d.ts',
  'embed/single-spa.d.ts',
  'api/index.d.ts',
  'gateway/portal-gateway.d.ts',
];
/** Imports and exports of other files of ours, as the compiler writes them. */
const reference = /(\bfrom\s*|\bimport\s*(?:\(\s*)?)(["'])(\.{1,2}\/[^"']+)\2/g;

/**
 * Writes the declarations that the package's entries need: the compiler writes one for every file it sees, and most say nothing that a
 * host could use.
 * @param {string} project
 * @param {string} outDir
 */
export async function buildTypes(project, outDir) {
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', join(project, 'src/embed/build')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The declarations couldn’t be made:\n${stdout}`);
  const needed = new Set();
  const visit = (file) => {
    if (needed.has(file)) return;
    needed.add(file);
    const text = readFileSync(file, 'utf8')
      // Styles have no types.
      .replace(/^import ["'][^"']+\.css["'];\n/gm, '')
      .replace(reference, (_all, before, quote, path) => `${before}${quote}${path.replace(/\.tsx?$/, '.js')}${quote}`);
    writeFileSync(file, text);
    for (const [, , , path] of text.matchAll(reference)) visit(resolve(dirname(file), path.replace(/\.js$/, '.d.ts')));
  };
  for (const entry of entries) visit(join(outDir, entry));
  for (const file of readdirSync(outDir, { recursive: true, withFileTypes: true }))
    if (file.isFile() && !needed.has(join(file.parentPath, file.name))) rmSync(join(file.parentPath, file.name));
  for (const folder of readdirSync(outDir, { withFileTypes: true }))
    if (folder.isDirectory() && readdirSync(join(outDir, folder.name), { recursive: true }).length === 0)
      rmSync(join(outDir, folder.name), { recursive: true });
}
