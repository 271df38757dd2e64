/** What has the focus in the document or shadow root that an element stands in; a document only knows the shadow root's host. */
export const activeIn = (element: Element | null): Element | null =>
  (element?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement ?? null;
