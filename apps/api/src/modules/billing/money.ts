/** All amounts are whole numbers of the smallest unit of a currency: no sum is ever off by what a float cannot say. */

/** `amount` times `part` of `whole`, rounded to the nearest, halves away from zero. `whole` is above zero. */
export function shareOf(amount: number, part: number, whole: number): number {
  const [a, p, w] = [BigInt(amount), BigInt(part), BigInt(whole)];
  const doubled = a * p * 2n;
  const rounded = doubled < 0n ? (doubled - w) / (2n * w) : (doubled + w) / (2n * w);
  return Number(rounded);
}

/** The tax on `net` at a rate in hundredths of a per cent. */
export function taxOn(net: number, rate: number): number {
  return shareOf(net, rate, 10_000);
}

/** For people: `1,234.50 EUR`. Currencies without a smaller unit are told by the platform's own tables. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const number = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number.format(amount / 10 ** digits)} ${currency}`;
}
