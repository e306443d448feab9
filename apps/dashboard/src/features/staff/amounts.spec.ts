import { toAmount, toBytes, toDigits, toGigabytes, toTyped } from './amounts.js';

describe('what is typed', () => {
  it('is an amount in the smallest unit of its currency', () => {
    expect([toAmount('4.50', 'EUR'), toAmount('1999.99', 'EUR')]).toEqual([450, 199_999]);
    expect([toAmount('500', 'JPY'), toAmount('1.234', 'KWD')]).toEqual([500, 1234]);
    expect([toTyped(450, 'EUR'), toTyped(500, 'JPY'), toTyped(1234, 'KWD')]).toEqual([
      '4.50',
      '500',
      '1.234',
    ]);
    // Half a name of a currency, while it is being typed.
    expect(toAmount('4.50', 'EU')).toBe(450);
  });

  it('is so many bytes, and any number when it is nothing', () => {
    expect([toBytes('1'), toBytes('2.5')]).toEqual([1_073_741_824, 2_684_354_560]);
    expect([toGigabytes(2_684_354_560), toGigabytes(null), toGigabytes(undefined)]).toEqual([
      '2.5',
      '',
      '',
    ]);
    expect([toDigits(0), toDigits(7), toDigits(null)]).toEqual(['0', '7', '']);
  });
});
