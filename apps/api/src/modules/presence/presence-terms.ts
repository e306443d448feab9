/** Milliseconds after which somebody who was not seen again is taken for gone: three signs of life missed. */
export const GONE_AFTER = 45_000;
