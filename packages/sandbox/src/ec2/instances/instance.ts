export interface Instance {
  instanceId: string
  reservationId: string
  /** Its place among those of one launch. */
  launchIndex: number
  clientToken: string
  imageId: string
  /** The login of its image, kept here because an image may be deregistered. */
  user: string
  architecture: string
  platformDetails: string
  instanceType: string
  keyName?: string
  /** Of its key pair at launch, as a line of authorized_keys; the pair may be deleted while the instance runs. */
  publicKey?: string
  subnetId: string
  vpcId: string
  zone: string
  privateIp: string
  /** Whether it gets a public address whenever it runs. */
  hasPublicAddress: boolean
  /** That address, while it runs; gone when it is told to end. An elastic IP stands in its place. */
  publicIp?: string
  /** Where the SSH server of the machine answers. */
  sshPort: number
  securityGroupIds: string[]
  networkInterfaceId: string
  sourceDestCheck: boolean
  iamInstanceProfile?: { arn: string; id: string }
  userDataId?: string
  isTerminationProtected: boolean
  isStopProtected: boolean
  shutdownBehavior: 'stop' | 'terminate'
  metadataOptions: {
    httpTokens: 'required' | 'optional'
    httpPutResponseHopLimit: number
    httpEndpoint: 'enabled' | 'disabled'
    instanceMetadataTags: 'enabled' | 'disabled'
  }
  monitoring: boolean
  ebsOptimized: boolean
  rootDeviceName: string
  /** What is attached how is in the volumes. */
  volumeIds: string[]
  /** The last time it was told to run; milliseconds since 1970, as all times here. */
  launchedAt: number
  /** When pending becomes running. */
  runningAt: number
  /** The last reboot since, and when it is over; its state stays the same meanwhile, but nothing of it answers. */
  reboot?: { askedAt: number; doneAt: number }
  /** The end that it was told to come to, if any, and when it gets there. */
  ending?: { to: 'stopped' | 'terminated'; by: 'user' | 'shutdown'; askedAt: number; doneAt: number }
  /** Scripted: it runs, and its status checks never pass. */
  isImpaired?: boolean
  /** Scripted: they fail that many seconds after it runs. */
  sickAfter?: number
  /** Scripted: it never passes the health checks of a load balancer. */
  hasSickTarget?: boolean
  /** What comes of its first Chef run, where that does not succeed. */
  converge?: 'fails' | 'hangs'
}
