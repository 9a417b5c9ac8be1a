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
  /** How many addresses were given out: where the search for the next one starts. */
  addressesGiven: number
}
