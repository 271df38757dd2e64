import encodeQR from 'qr';

/**
 * A QR code for a terminal: two rows of modules to a line, by half blocks. With `colours` black on white whatever the terminal's own
 * colours are; without, the light modules are the blocks, which reads rightly on a dark terminal (readers take the inverse, too). Low error
 * correction and a narrow margin: screens don't get dirty, and the code should fit one.
 */
export function qrText(text: string, colours: boolean): string {
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: 2 });
  const lines: string[] = [];
  for (let y = 0; y < modules.length; y += 2) {
    const [upper = [], lower] = [modules[y], modules[y + 1]];
    const line = upper
      .map((upperDark, x) => {
        const light = [!upperDark, lower === undefined ? true : lower[x] !== true] as const;
        return light[0] ? (light[1] ? '█' : '▀') : light[1] ? '▄' : ' ';
      })
      .join('');
    lines.push(colours ? `\u001b[97;40m${line}\u001b[0m` : line);
  }
  return lines.join('\n');
}
