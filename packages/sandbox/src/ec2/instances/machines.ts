import type { Machine } from '../../hosts/hosts.ts'
import type { Ec2State } from '../ec2-state.ts'

/** The instances that run at that time, as their driver is told of them. */
export function machinesOf(_state: Ec2State, _now: number): Machine[] {
  return []
}
