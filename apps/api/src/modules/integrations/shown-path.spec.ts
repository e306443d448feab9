import { shownPath } from './shown-path.js';

it.each([
  ['/api/v1/tickets', '/api/v1/tickets'],
  ['/api/v1/tickets?status=open&limit=25', '/api/v1/tickets?status=open&limit=25'],
  ['/api/v1/tickets?q=rita%40customer', '/api/v1/tickets?q=…'],
  ['/api/v1/events?after=12&token=abc', '/api/v1/events?after=12&token=…'],
  ['/api/v1/tickets?status=<script>', '/api/v1/tickets?status=…'],
  ['/api/v1/tickets?md_live_secret', '/api/v1/tickets?…'],
  ['/scim/v2/Users?filter=userName%20eq%20%22r%22&count=1', '/scim/v2/Users?filter=…&count=1'],
  ['/x?&&', '/x?&&'],
])('%s is shown as %s', (url, shown) => {
  expect(shownPath(url)).toBe(shown);
});

it('is bounded', () => {
  expect(shownPath(`/${'a'.repeat(9_000)}?${'limit=1&'.repeat(9_000)}`)).toHaveLength(500);
});
