import type { Instance } from './instance.ts'

/** The name of a private address in its VPC (EC2 User Guide, "EC2 instance hostnames and domains"). */
export function privateDnsName({ privateIp, zone }: Pick<Instance, 'privateIp' | 'zone'>): string {
  const region = regionOf(zone)
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`
  return `ip-${privateIp.replaceAll('.', '-')}.${domain}`
}

/** The name that AWS gives to a public address. */
export function publicDnsName(address: string, zone: string): string {
  const region = regionOf(zone)
  const domain = region === 'us-east-1' ? 'compute-1' : `${region}.compute`
  return `ec2-${address.replaceAll('.', '-')}.${domain}.amazonaws.com`
}

function regionOf(zone: string): string {
  return zone.slice(0, -1)
}
