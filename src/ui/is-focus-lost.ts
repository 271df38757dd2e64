/** Whether nothing of the page has the focus: what had it is gone. The focus of a host page around a shadow root counts as one. */
export function isFocusLost({ ownerDocument: { activeElement, body } }: Element): boolean {
  return activeElement === null || activeElement === body;
}
