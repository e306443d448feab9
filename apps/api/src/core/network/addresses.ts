import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Of IPv6 only this is given out to be reached from everywhere (RFC 4291, 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as Network;

/**
 * Which addresses a tenant may make this server connect to. Everything that is not plainly a public host is refused:
 * loopback, private, link-local (the metadata services of clouds among them), shared (RFC 6598), unique local,
 * multicast, reserved, and every IPv6 form that carries an IPv4 address in it (mapped, compatible, NAT64, 6to4,
 * Teredo), because what it leads to is decided elsewhere.
 */
export class AddressRules {
  readonly #allowed: Network[];

  /** `allowed` are the operator's exceptions: addresses and CIDR blocks. Throws on what is neither. */
  constructor(allowed: readonly string[]) {
    this.#allowed = allowed.map(toNetwork);
  }

  /** Whether `address` is a public host, or one that the operator excepted. */
  admits(address: string): boolean {
    return isPublic(address) || this.excepts(address);
  }

  /** Whether the operator excepted `address`: then it may be spoken to without TLS too. */
  excepts(address: string): boolean {
    const parsed = parse(address);
    return (
      parsed !== null &&
      this.#allowed.some((network) => network[0].kind() === parsed.kind() && parsed.match(network))
    );
  }

  /** Whether anything is excepted at all. */
  get hasExceptions(): boolean {
    return this.#allowed.length > 0;
  }
}

/** Whether `address` is one of the public internet. */
function isPublic(address: string): boolean {
  const parsed = parse(address);
  if (parsed === null || parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST);
}

/** Addresses in the strict forms alone: `0x7f.1` and `127.1` are not written by any resolver. */
function parse(address: string): Address | null {
  // A zone (`fe80::1%eth0`) names an interface of ours: never somebody else's host.
  if (address.includes('%')) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  return ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address) : null;
}

function toNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
