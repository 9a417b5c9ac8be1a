export interface Vpc {
  vpcId: string
  cidr: string
  isDefault: boolean
}

export interface Subnet {
  subnetId: string
  vpcId: string
  cidr: string
  zone: string
  isDefaultForZone: boolean
  givesPublicAddress: boolean
  /** How many addresses were given out; none is given twice. */
  addressesGiven: number
}
