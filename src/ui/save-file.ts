/** Long enough for every browser to have taken the content over. */
const kept = 10_000;

/** Hands a file to the browser's downloads. Its address leads nowhere soon after. */
export function saveFile({ fileName, content }: { fileName: string; content: Blob }): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), kept);
}
