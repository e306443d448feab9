import ipaddr from 'ipaddr.js';

/**
 * Who counts as one client: an IPv4 address, or the /64 of an IPv6 one, which is what one customer of a provider has
 * (RFC 6177); counted by single addresses they would have 2^64 tries. Text that is no address stands for itself.
 */
export function clientNetwork(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return (address ?? 'none').slice(0, 64);
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const prefix = (parsed as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${prefix.join(':')}::/64`;
}
