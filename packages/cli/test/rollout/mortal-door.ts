import type { AccountState } from '@package/sandbox/account/account-state'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import type { FaultScript } from '@package/sandbox/faults/fault-script'
import type { Sandbox } from '@package/sandbox/sandbox'

import { operationOf } from './operation-of.ts'
import type { Cut, RunEnd, RunOptions } from './rollout-run.ts'

/** One run of an action, from its start to its end or death. */
export interface Life {
  sandbox: Sandbox
  end: RunEnd
  how: RunOptions
  processId: number
  /** Whether Ctrl-C is a wish by now. */
  heeds: boolean
  read: () => AccountState
  withFaults: (faults: FaultScript) => Sandbox
  die: () => void
}

/** The door of a life that ends at its cut, or by Ctrl-C while that is not heeded: what it waits for never comes, so nothing of it runs any more. */
export function mortalDoor(life: Life) {
  const { sandbox, end, how } = life
  const door = requestHandler(sandbox)
  const never = new Promise<never>(() => undefined)
  let isDead = false
  const cutOff = () => {
    isDead = true
    life.die()
    return never
  }
  return {
    ...door,
    handle: async (request: Parameters<typeof door.handle>[0]) => {
      if (isDead) return never
      const operation = operationOf(request)
      end.calls.push(operation)
      const number = end.calls.length
      await how.onCall?.(operation, number)
      const note = (when: Cut['when']) =>
        end.points.push({ label: `${when} ${String(number)} ${operation}`, state: life.read() })
      note('before')
      const isCut = how.cut?.call === number
      const isEnded = !life.heeds && how.isStopping?.() === true
      if (isEnded || (isCut && how.cut?.when === 'before')) return cutOff()
      const fault = how.faultAt?.(number)
      const faulty = fault && life.withFaults({ ...how.faults, rules: [{ fault }] })
      const answer = await (faulty ? requestHandler(faulty) : door).handle(request)
      note('after')
      how.watch?.()
      return isCut ? cutOff() : answer
    },
  }
}
