import { describe, expect, it } from '@jest/globals';
import { cpuTimeOf } from '../../../../../test/support/cpu.js';
import { expandPlaces } from './expand-places.js';

const values = new Map([
  ['customer.name', '<img src=x onerror=alert(1)> & "Co" \'s'],
  ['customer.firstName', '{{ticket.subject}} $& $1'],
  ['ticket.subject', 'Fire'],
  ['ticket.fields.order_no', ''],
]);

describe('the places of a canned reply', () => {
  it('take values as text, in an attribute too', () => {
    const html = '<p title="{{customer.name}}">{{ customer.name }}</p>';
    const shown = '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot; &#39;s';
    expect(expandPlaces(html, values)).toBe(`<p title="${shown}">${shown}</p>`);
  });

  it('are filled once: a value that looks like a place is none', () => {
    expect(expandPlaces('{{customer.firstName}}!', values)).toBe('{{ticket.subject}} $&amp; $1!');
  });

  it('go when there is nothing to say, and stay when nobody knows them', () => {
    expect(expandPlaces('[{{ticket.fields.order_no}}]', values)).toBe('[]');
    for (const odd of ['{{ticket.fields.other}}', '{{constructor}}', '{{customer.nmae}}', '{{ }}'])
      expect(expandPlaces(odd, values)).toBe(odd);
  });

  it('are not filled with more than a letter has', () => {
    const long = new Map([['ticket.subject', '<'.repeat(500)]]);
    const filled = expandPlaces('{{ticket.subject}}'.repeat(5_000), long);
    expect(filled.length).toBeLessThan(500_000);
    expect(filled).toMatch(/^&lt;.*\{\{ticket\.subject\}\}$/);
  });

  it('cost no more than their length', () => {
    const long = '{{'.repeat(100_000);
    expect(cpuTimeOf(() => expect(expandPlaces(long, values)).toBe(long))).toBeLessThan(500);
  });
});
