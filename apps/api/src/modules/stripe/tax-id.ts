import type Stripe from 'stripe';

const EU =
  /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*]{2,13}$/;
const GB = /^GB([0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3})$/;

/**
 * A tax number as Stripe takes it; null for one whose kind is not told by its beginning, which is then entered at the
 * checkout or in the portal, where the buyer says the kind.
 */
export function taxIdOf(text: string): Stripe.CustomerCreateTaxIdParams | null {
  const value = text.replaceAll(/[ .-]/g, '').toUpperCase();
  if (EU.test(value)) return { type: 'eu_vat', value };
  return GB.test(value) ? { type: 'gb_vat', value } : null;
}
