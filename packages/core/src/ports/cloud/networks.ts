export interface Subnet {
  id: string
  vpcId: string
  zone: string
  isDefaultForZone: boolean
}

export interface Networks {
  /** Undefined where the region has none. */
  defaultVpc(): Promise<string | undefined>
  subnets(vpcId: string): Promise<Subnet[]>
  subnetsNamed(ids: readonly string[]): Promise<Subnet[]>
  zonesOffering(instanceType: string): Promise<string[]>
}
