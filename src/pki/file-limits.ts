/** Files beyond this are refused before they are read. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;
export const MAX_CERTIFICATES = 500;

export const tooLargeText = 'The file is larger than 4 MB. Choose one with fewer certificates.';

/** For who opens files: how much is read at most, and what is said of more. */
export const atMost = { bytes: MAX_FILE_BYTES, problem: tooLargeText } as const;
