import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `src/embed/styles.ts` becomes: a file of its own with names that stay, since every chunk with styles imports it. */
const stylesFile = 'styles.js';
const stylesSource = fileURLToPath(new URL('../styles.ts', import.meta.url));

/** In a host the console's own width counts, not the window's. */
const byOwnWidth = (css) => css.replace(/@media\s*\((max-|min-)?width/g, '@container ($1width');

/**
 * Vite puts a chunk's CSS into a file of its own, for a document's head. Here each chunk hands its CSS to `addStyles` instead, which
 * makes constructed style sheets of it for shadow roots.
 * @returns {import('vite').Plugin}
 */
export function stylesInShadowRoots() {
  return {
    name: 'raven-styles-in-shadow-roots',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: stylesSource, fileName: stylesFile, preserveSignature: 'strict' });
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        const files = chunk.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
        if (files.length === 0) continue;
        const css = byOwnWidth(files.map((file) => String(bundle[file].source).trim()).join(''));
        const from = posix.relative(dirname(chunk.fileName), stylesFile);
        chunk.code = `import { addStyles as addRavenStyles } from ${JSON.stringify(from.startsWith('.') ? from : `./${from}`)};\naddRavenStyles(${JSON.stringify(css)});\n${chunk.code}`;
        chunk.imports.push(stylesFile);
        // Two lines more in front.
        if (chunk.map) chunk.map.mappings = `;;${chunk.map.mappings}`;
        chunk.viteMetadata?.importedCss.clear();
      }
      for (const file of Object.keys(bundle)) if (file.endsWith('.css')) delete bundle[file];
    },
  };
}
