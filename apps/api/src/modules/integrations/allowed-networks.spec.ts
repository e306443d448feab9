import { AllowedNetworks, networkOf, placeOf } from './allowed-networks.js';

it.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['203.0.113.77/24', '203.0.113.0/24'],
  ['203.0.113.77/25', '203.0.113.0/25'],
  ['203.0.113.200/25', '203.0.113.128/25'],
  ['10.1.2.3/0', '0.0.0.0/0'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['2001:DB8:1:2:3::/64', '2001:db8:1:2::/64'],
  ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
  ['::/0', '::/0'],
  ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ['::ffff:203.0.113.7/120', '203.0.113.0/24'],
])('%s is kept as %s', (text, kept) => {
  expect(networkOf(text)).toBe(kept);
});

it.each([
  '',
  '1',
  '10.1',
  '0x7f.1',
  '010.0.0.1/8/8',
  '203.0.113.0/33',
  '2001:db8::/129',
  '203.0.113.0/-1',
  '203.0.113.0/ 8',
  '203.0.113.0/',
  'example.com',
  'fe80::1%eth0',
])('%j is no network', (text) => {
  expect(networkOf(text)).toBeNull();
});

it.each<[string, string[], boolean]>([
  ['203.0.113.7', [], true],
  ['203.0.113.7', ['203.0.113.0/24'], true],
  ['203.0.114.7', ['203.0.113.0/24'], false],
  ['::ffff:203.0.113.7', ['203.0.113.0/24'], true],
  ['::ffff:cb00:7107', ['203.0.113.0/24'], true],
  ['2001:db8::1', ['203.0.113.0/24'], false],
  ['2001:db8::1', ['0.0.0.0/0'], false],
  ['203.0.113.7', ['::/0'], false],
  ['2001:db8:0:1::5', ['2001:db8::/48'], true],
  ['2001:db9::5', ['2001:db8::/32', '10.0.0.0/8'], false],
  ['fe80::1%eth0', ['fe80::/10'], true],
  ['no address', ['0.0.0.0/0', '::/0'], false],
])('%s is in %j: %s', (address, networks, isIn) => {
  expect(new AllowedNetworks(networks).includes(address)).toBe(isIn);
});

it.each<[string, string[], boolean]>([
  ['10.1.0.0/16', ['10.0.0.0/8'], true],
  ['10.0.0.0/8', ['10.0.0.0/8'], true],
  ['10.0.0.0/7', ['10.0.0.0/8'], false],
  ['2001:db8::/64', ['10.0.0.0/8', '2001:db8::/32'], true],
  ['0.0.0.0/0', [], true],
])('everything of %s is in %j: %s', (block, networks, isCovered) => {
  expect(new AllowedNetworks(networks).covers(block)).toBe(isCovered);
});

it('takes an IPv6 network for one place, and an IPv4 address', () => {
  expect(placeOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(placeOf('203.0.113.7')).toBe('203.0.113.7');
  expect(placeOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(placeOf('nowhere')).toBe('nowhere');
});
