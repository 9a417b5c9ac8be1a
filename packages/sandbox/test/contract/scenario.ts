import type { Caller } from './caller.ts'

/** Calls on one kind of resource, with what AWS's documentation says comes of them. */
export interface Scenario {
  name: string
  play: (caller: Caller) => Promise<void>
}

/** A public image of Ubuntu that moto always has; the sandbox is given one of this id. */
export const motoImage = 'ami-785db401'

/** An instance profile that moto is given; the sandbox takes any. */
export const motoProfile = 'bee'
