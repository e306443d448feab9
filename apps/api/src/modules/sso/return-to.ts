const LONGEST = 500;
const HERE = 'https://desk.invalid';

/**
 * The path of the dashboard that `text` names, or `/` when it names anything else: another host (`//…`, `/\…`), another
 * scheme, a path of the API. A sign-in must not end where a stranger wants it to.
 */
export function safeReturnTo(text: string | undefined): string {
  if (text === undefined || text.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text))
    return '/';
  if (!URL.canParse(text, HERE)) return '/';
  const { origin, pathname, search, hash } = new URL(text, HERE);
  // `/.//evil.example` and its like begin with a second slash only after they were resolved.
  if (origin !== HERE || /^\/[/\\]/.test(pathname) || /^\/api(\/|$)/i.test(pathname)) return '/';
  return `${pathname}${search}${hash}`;
}

/** The same place, with the word that tells the dashboard to ask for the session that was just opened. */
export function signedInAt(path: string): string {
  const { pathname, searchParams, hash } = new URL(path, HERE);
  searchParams.set('signedIn', '1');
  return `${pathname}?${searchParams.toString()}${hash}`;
}
