import { QRCodeSVG } from 'qrcode.react';

/** A QR code, dark on white in every theme, as cameras want it. Loaded lazily: it carries an encoder of 5 kB. */
export function QrCode({ text, label, size }: { text: string; label: string; size: number }) {
  return <QRCodeSVG value={text} size={size} level="M" marginSize={2} role="img" aria-label={label} />;
}
