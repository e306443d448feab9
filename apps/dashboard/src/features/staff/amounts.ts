/** Bytes of a gigabyte, as plans are sold. */
const gigabyte = 1024 ** 3;
/** What bounds a plan, as it is typed: gigabytes with two digits behind the point, else a whole number. */
export const isCount = (name: string, typed: string): boolean =>
  (name === 'storage' ? /^\d{1,6}(\.\d{1,2})?$/ : /^\d{1,9}$/).test(typed);

/** How finely a number of gigabytes is typed. */
const fineness = 100;

/** A number as somebody types it; nothing typed stands for any number, and for what is not said. */
export const toDigits = (value: number | null | undefined): string => String(value ?? '');

/** Bytes as somebody types gigabytes. */
export const toGigabytes = (bytes: number | null | undefined): string =>
  typeof bytes === 'number' ? String(Math.round((bytes / gigabyte) * fineness) / fineness) : '';

/** What was typed as bytes. */
export const toBytes = (typed: string): number => Math.round(Number(typed) * gigabyte);

/** How many digits the smallest unit of a currency has; two when it is none that is known. */
function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** An amount in the smallest unit as somebody types it. */
export const toTyped = (amount: number, currency: string): string =>
  (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));

/** What was typed as an amount in the smallest unit. */
export const toAmount = (typed: string, currency: string): number =>
  Math.round(Number(typed) * 10 ** digitsOf(currency));
