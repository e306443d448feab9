/** Limits of the API, known here so that nobody waits for an upload that is refused. */
export const mostBytes = 25 * 1024 * 1024;
export const mostBytesTogether = 35 * 1024 * 1024;
export const mostFiles = 25;

const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** A size, in the words of a language. */
export function sizeText(bytes: number, language: string): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 2 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** What can be shown where it stands. */
export const isPicture = (mediaType: string) => /^image\/(png|jpeg|gif|webp)$/.test(mediaType);
