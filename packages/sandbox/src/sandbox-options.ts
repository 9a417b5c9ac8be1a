import type { Store } from './account/store.ts'
import type { WantedImage } from './ec2/images/wanted-image.ts'
import type { FaultScript } from './faults/fault-script.ts'
import type { Hosts } from './hosts/hosts.ts'

export type SandboxOptions = Surroundings & (InFolder | InStore)

interface InFolder {
  /** Where it is kept between calls; made when it is missing. */
  folder: string
}

interface InStore {
  /** Where it is kept otherwise, such as `memoryStore()`. */
  store: Store
}

interface Surroundings {
  hosts: Hosts
  faults?: FaultScript
  /** Images that must exist beside those that it knows, as nodes.json names them. */
  images?: readonly WantedImage[]
  /** Told of every call that is answered. */
  onCall?: (call: AnsweredCall) => void
}

export interface AnsweredCall {
  service: string
  region: string
  operation: string
  requestId: string
  status: number
}
