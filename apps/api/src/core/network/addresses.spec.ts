import { AddressRules } from './addresses.js';

const strict = new AddressRules([]);

describe('addresses that a tenant may make us connect to', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.63.255.255', '2606:4700:4700::1111'])(
    'are public ones: %s',
    (address) => expect(strict.admits(address)).toBe(true),
  );

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, its end', '127.255.255.254'],
    ['unspecified', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private, 10/8', '10.1.2.3'],
    ['private, 172.16/12', '172.31.255.255'],
    ['private, 192.168/16', '192.168.0.1'],
    ['shared (CGNAT)', '100.64.0.1'],
    ['link-local', '169.254.1.1'],
    ['metadata of clouds', '169.254.169.254'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['protocol assignments', '192.0.0.192'],
    ['documentation', '203.0.113.9'],
    ['benchmarks', '198.18.0.1'],
    ['6to4 relays', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unspecified', '::'],
    ['IPv6 link-local', 'fe80::1'],
    ['with a zone', 'fe80::1%eth0'],
    ['unique local', 'fd00:ec2::254'],
    ['site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped, of a public one', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:10.0.0.1'],
    ['NAT64', '64:ff9b::a00:1'],
    ['NAT64, local', '64:ff9b:1::1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['ORCHID', '2001:20::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['discard', '100::1'],
    ['a short form of loopback', '127.1'],
    ['a number', '2130706433'],
    ['hexadecimal', '0x7f000001'],
    ['octal', '0177.0.0.1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('are not: %s', (_, address) => {
    expect(strict.admits(address)).toBe(false);
    expect(strict.excepts(address)).toBe(false);
  });

  it('are those that the operator excepts too, and no neighbour', () => {
    const rules = new AddressRules(['10.20.0.0/16', 'fd12::/32', '127.0.0.1']);
    for (const address of ['10.20.0.1', 'fd12::5', '127.0.0.1', '8.8.8.8'])
      expect(rules.admits(address)).toBe(true);
    for (const address of ['10.21.0.1', 'fd13::5', '127.0.0.2', '::ffff:127.0.0.1'])
      expect(rules.admits(address)).toBe(false);
    expect(rules.excepts('8.8.8.8')).toBe(false);
    expect(rules.hasExceptions).toBe(true);
  });
});
