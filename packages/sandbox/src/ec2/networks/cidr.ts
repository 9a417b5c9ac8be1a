import { isIPv4, isIPv6 } from 'node:net'

/** A block of IPv4 addresses. */
export interface Cidr {
  /** The first address, as a number. */
  first: number
  /** How many leading bits all its addresses share. */
  bits: number
}

/** Reads `10.0.0.0/8`; bits beyond the mask are dropped, as AWS does. Undefined where it is no IPv4 block. */
export function readCidr(text: string): Cidr | undefined {
  const [, address = '', mask = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? []
  const bits = Number(mask)
  if (!isIPv4(address) || mask === '' || bits > 32) return undefined
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  return { first: number - (number % sizeOf({ bits })), bits }
}

export function writeCidr(cidr: Cidr): string {
  return `${writeAddress(cidr.first)}/${String(cidr.bits)}`
}

export function writeAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join('.')
}

/** How many addresses it has. */
export function sizeOf({ bits }: Pick<Cidr, 'bits'>): number {
  return 2 ** (32 - bits)
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.bits >= outer.bits && Math.floor(inner.first / sizeOf(outer)) === outer.first / sizeOf(outer)
}

export function overlap(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one)
}

/** An IPv6 block in its canonical form (RFC 5952) without bits beyond the mask. Undefined where it is none. */
export function canonicalIpv6Cidr(text: string): string | undefined {
  const [, address = '', mask = ''] = /^([\da-f:.]+)\/(\d{1,3})$/i.exec(text) ?? []
  if (!isIPv6(address) || mask === '' || Number(mask) > 128) return undefined
  const unused = 128n - BigInt(mask)
  const masked = ((readIpv6(address) >> unused) << unused).toString(16).padStart(32, '0')
  return `${shortIpv6((masked.match(/.{4}/g) ?? []).join(':'))}/${String(Number(mask))}`
}

function readIpv6(address: string): bigint {
  const [head = '', tail] = shortIpv6(address).split('::')
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
  const front = groupsOf(head)
  const back = groupsOf(tail ?? '')
  const zeros = Array<string>(8 - front.length - back.length).fill('0')
  const digits = [...front, ...zeros, ...back].map((group) => group.padStart(4, '0')).join('')
  return BigInt(`0x${digits}`)
}

/** The URL parser writes addresses as RFC 5952 wants them, also those that end in an IPv4 address. */
function shortIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1)
}
