import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * What is not the public internet, by the IANA special-purpose registries: this host, private and shared
 * (CGNAT, where clouds keep their metadata) networks, link-local, documentation, benchmarks, multicast, reserved.
 */
const closed4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/**
 * Parts of global unicast that lead elsewhere: protocol assignments (Teredo among them), documentation,
 * 6to4 (an IPv4 address in disguise), AS112.
 */
const closed6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

const listOf = (networks: readonly string[], family: 'ipv4' | 'ipv6') => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    list.addSubnet(address, Number(prefix), family)
  }
  return list
}

const private4 = listOf(closed4, 'ipv4')
const private6 = listOf(closed6, 'ipv6')
/** Only here are addresses given out; IPv4 mapped into IPv6, NAT64, unique local and link-local lie outside. */
const global6 = listOf(['2000::/3'], 'ipv6')

/** Whether an IP address lies in the public internet. Whatever is not surely so is not. */
export const isPublicAddress = (address: string): boolean => {
  if (isIPv4(address)) return !private4.check(address, 'ipv4')
  return isIPv6(address) && global6.check(address, 'ipv6') && !private6.check(address, 'ipv6')
}
