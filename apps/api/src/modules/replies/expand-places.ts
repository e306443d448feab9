/** `{{customer.name}}`, white space within the braces or not. */
const A_PLACE = /\{\{\s*([a-zA-Z]+(?:\.[a-zA-Z0-9_-]+){1,2})\s*\}\}/g;

/** Characters that places are filled with: five thousand places of long values would be a hundred megabytes. */
const MOST_FILLED_IN = 100_000;

/**
 * Puts `values` into the places of `html`. Each value is text: what is markup in it is shown and does nothing. A place
 * that nobody knows stays as it is, so that its writer sees the slip, and so do more than a letter has; one whose value
 * is empty goes. Values are not
 * looked through for further places: a customer could call themselves one.
 */
export function expandPlaces(html: string, values: ReadonlyMap<string, string>): string {
  let left = MOST_FILLED_IN;
  return html.replace(A_PLACE, (place, name: string) => {
    const value = values.get(name);
    if (value === undefined || value.length > left) return place;
    left -= value.length;
    return escaped(value);
  });
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
