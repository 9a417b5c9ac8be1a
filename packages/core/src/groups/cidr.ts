import { IPv4, IPv6 } from 'ipaddr.js'

/**
 * What is wrong with a CIDR of a security group rule, or undefined. EC2 takes only addresses of the network itself
 * (it would store 10.0.0.1/8 as 10.0.0.0/8, and the rule on file would never be the rule in AWS).
 */
export function cidrProblem(text: string): string | undefined {
  const [address = '', bits, ...rest] = text.split('/')
  const family = IPv4.isValidFourPartDecimal(address) ? IPv4 : IPv6.isValid(address) ? IPv6 : undefined
  if (family === undefined || rest.length > 0) {
    return `"${text}" is not a CIDR, such as "10.0.0.0/8" or "2001:db8::/32"`
  }
  const longest = family === IPv4 ? 32 : 128
  if (bits === undefined) {
    return `"${text}" is an address without a prefix length; write "${text}/${String(longest)}" for it alone`
  }
  if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > longest) {
    return `"${text}" has a prefix length that is not between 0 and ${String(longest)}`
  }
  const network = family.networkAddressFromCIDR(text).toString()
  return network === family.parse(address).toString()
    ? undefined
    : `"${text}" has address bits beyond its prefix; write "${network}/${bits}"`
}

/** A CIDR as AWS writes it: IPv6 in lower case with the longest run of zeros left out (RFC 5952). */
export function canonicalCidr(text: string): string {
  const [address = '', bits = ''] = text.split('/')
  return IPv6.isValid(address) ? `${IPv6.parse(address).toRFC5952String()}/${bits}` : text
}

/** The CIDR of one address alone. */
export function hostCidr(address: string): string {
  return canonicalCidr(`${address}/${IPv6.isValid(address) ? '128' : '32'}`)
}
