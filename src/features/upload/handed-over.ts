/** Certificates that another view hands over for upload, kept with the history entry: public parts only. */
export interface HandedOver {
  readonly name: string;
  readonly pem: string;
}

/** Reads what `history.state` may hold; anything else than a hand-over is null. */
export function handedOver(state: unknown): HandedOver | null {
  if (typeof state !== 'object' || state === null || !('upload' in state)) return null;
  const { upload } = state;
  if (typeof upload !== 'object' || upload === null || !('name' in upload) || !('pem' in upload)) return null;
  const { name, pem } = upload;
  return typeof name === 'string' && typeof pem === 'string' && !pem.includes('PRIVATE KEY') ? { name, pem } : null;
}
