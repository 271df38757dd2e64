/**
 * The console's style sheets. The build turns what Vite would put into a document's head into calls of `addStyles`, one for each chunk of
 * code that has styles (vite.config.ts); they are constructed sheets, which need no inline style, and reach shadow roots only.
 */
const texts: string[] = [];
const roots = new Set<ShadowRoot>();
/** Constructed sheets belong to one document. */
const made = new WeakMap<Document, CSSStyleSheet[]>();

function sheetsFor(document: Document): CSSStyleSheet[] {
  const sheets = made.get(document) ?? [];
  made.set(document, sheets);
  for (const text of texts.slice(sheets.length)) {
    const sheet = new (document.defaultView ?? window).CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.push(sheet);
  }
  return sheets;
}

/** Adds a sheet to every console there is and will be. */
export function addStyles(text: string): void {
  texts.push(text);
  for (const root of roots) root.adoptedStyleSheets = sheetsFor(root.ownerDocument);
}

/** @returns what takes them away again */
export function adoptStyles(root: ShadowRoot): () => void {
  roots.add(root);
  root.adoptedStyleSheets = sheetsFor(root.ownerDocument);
  return () => {
    roots.delete(root);
    root.adoptedStyleSheets = [];
  };
}
