import { BlockList, isIP, isIPv6 } from 'node:net'

/** What tries are counted by: an IPv4 address itself, of an IPv6 address its network of 64 bits, which one household or office has. */
export function networkOf(address: string): string {
  const plain = unmapped(address)
  return isIPv6(plain) ? `${wholeIPv6(plain).slice(0, 4).join(':')}::/64` : plain
}

/** Whether a text is an address or a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0 || address.includes('%')) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Whether an address lies in one of the networks, which were checked before. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [start = '', bits] = network.split('/')
    const type = isIPv6(start) ? 'ipv6' : 'ipv4'
    list.addSubnet(start, Number(bits ?? (type === 'ipv6' ? 128 : 32)), type)
  }
  const plain = unmapped(address)
  return isIP(plain) !== 0 && list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/** `::ffff:10.0.0.1` is how a socket for both versions says 10.0.0.1. */
const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

function wholeIPv6(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].map(part => part.toLowerCase().replace(/^0+(?=.)/, ''))
}
