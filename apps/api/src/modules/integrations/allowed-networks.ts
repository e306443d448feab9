import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/**
 * The networks that a key may be used from, read once. None at all means anywhere. An IPv4 address that comes mapped
 * into IPv6 (RFC 4291, 2.5.5.2), as it does on a socket that listens to both, is the IPv4 address that it stands for.
 */
export class AllowedNetworks {
  readonly #networks: Network[];

  /** Takes blocks as {@link networkOf} gives them. */
  constructor(blocks: readonly string[]) {
    this.#networks = blocks.map((block) => ipaddr.parseCIDR(block));
  }

  get isAnywhere(): boolean {
    return this.#networks.length === 0;
  }

  /** Whether `address` is in one of them; what is no address is in none. */
  includes(address: string): boolean {
    if (this.isAnywhere) return true;
    const parsed = addressOf(address);
    return parsed !== null && this.#networks.some((network) => isWithin(parsed, network));
  }

  /** Whether everything of `block`, which is in the form of {@link networkOf}, is in one of them. */
  covers(block: string): boolean {
    const [address, bits] = ipaddr.parseCIDR(block);
    return (
      this.isAnywhere ||
      this.#networks.some((network) => network[1] <= bits && isWithin(address, network))
    );
  }
}

/**
 * A CIDR block (RFC 4632, RFC 4291) or a single address in the one form in which it is kept: without the bits of the
 * host, IPv4 as IPv4. Null for what is neither.
 */
export function networkOf(text: string): string | null {
  const [base = '', length, ...rest] = text.split('/');
  const isDecimal = length === undefined || /^\d{1,3}$/.test(length);
  if (rest.length > 0 || !isDecimal || !isPlainAddress(base)) return null;
  const address = ipaddr.parse(base);
  const widest = address.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? widest : Number(length);
  if (bits > widest) return null;
  const mapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96;
  return mapped ? withoutHost(address.toIPv4Address(), bits - 96) : withoutHost(address, bits);
}

/**
 * The address as far as it tells one place from another: IPv4 whole, IPv6 by its first 64 bits, because a host
 * changes the rest of them by itself (RFC 8981). What is no address is given back as it is.
 */
export function placeOf(address: string): string {
  const parsed = addressOf(address);
  if (parsed === null) return address.slice(0, 64);
  return parsed.kind() === 'ipv4' ? parsed.toString() : withoutHost(parsed, 64);
}

/** Four decimal parts or IPv6: the shorter forms of IPv4 (`1`, `0x7f.1`) are read in several ways. */
function isPlainAddress(text: string): boolean {
  if (text.includes('%')) return false;
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

function addressOf(text: string): Address | null {
  try {
    return ipaddr.process(text);
  } catch {
    return null;
  }
}

function isWithin(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function withoutHost(address: Address, bits: number): string {
  const bytes = address
    .toByteArray()
    .map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8))) & 0xff);
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}
