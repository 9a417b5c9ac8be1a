import type { Ec2State } from '../ec2-state.ts'

/**
 * Takes the elastic address of an instance off it. It stays allocated: EC2 User Guide, "Terminate Amazon EC2 instances".
 */
export function disassociateFrom(state: Ec2State, instanceId: string): void {
  for (const address of Object.values(state.addresses)) {
    if (address.association?.instanceId === instanceId) delete address.association
  }
}
