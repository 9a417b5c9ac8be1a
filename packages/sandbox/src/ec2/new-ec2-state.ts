import { fixedId } from '../account/ids.ts'
import type { WantedImage } from './images/wanted-image.ts'
import type { Ec2State } from './ec2-state.ts'
import { stockImages } from './images/stock-images.ts'
import { zonesOf } from './zones/regions.ts'

/**
 * A region as a new account finds it: a default VPC with a public subnet per zone and its default security group (VPC User
 * Guide, "Default VPCs"), and public images. The ids follow from the region, so that they are the same in every read that
 * comes before the first change.
 */
export function newEc2State(region: string, wanted: readonly WantedImage[], now: number): Ec2State {
  const vpcId = fixedId('vpc', region)
  const groupId = fixedId('sg', region)
  const subnets = zonesOf(region).map((zone, index) => ({
    subnetId: fixedId('subnet', zone),
    vpcId,
    cidr: `172.31.${String(index * 16)}.0/20`,
    zone,
    isDefaultForZone: true,
    givesPublicAddress: true,
    addressesGiven: 0,
  }))
  const everywhere = { isEgress: true, protocol: '-1', cidrIpv4: '0.0.0.0/0' }
  const fromItself = { isEgress: false, protocol: '-1', referencedGroupId: groupId }
  const defaultGroup = {
    groupId,
    name: 'default',
    description: 'default VPC security group',
    vpcId,
    rules: [
      { ruleId: fixedId('sgr', `${region} out`), ...everywhere },
      { ruleId: fixedId('sgr', `${region} in`), ...fromItself },
    ],
  }
  const images = stockImages(region, wanted, now)
  return {
    vpcs: { [vpcId]: { vpcId, cidr: '172.31.0.0/16', isDefault: true } },
    subnets: Object.fromEntries(subnets.map((subnet) => [subnet.subnetId, subnet])),
    securityGroups: { [groupId]: defaultGroup },
    keyPairs: {},
    launchTemplates: {},
    instances: {},
    userData: {},
    images: Object.fromEntries(images.map((image) => [image.imageId, image])),
    snapshots: {},
    volumes: {},
    addresses: {},
    launches: 0,
    tags: {},
    tokens: {},
  }
}
