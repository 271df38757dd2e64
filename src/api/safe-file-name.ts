/** A name that every file system takes as a file's: no separators, control or reserved characters, no leading dots. */
export const safeFileName = (name: string): string =>
  name.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '_').replace(/^\.+/, '_');
