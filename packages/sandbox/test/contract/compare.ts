import type { Step } from './caller.ts'
import type { Shape } from './shape.ts'

/** Where two answers are not alike, and what each of the two says there. */
export interface Observed {
  at: string
  sandbox: string
  moto: string
}

/** What one scenario came to, with both. */
export interface Played {
  scenario: string
  sandbox: readonly Step[]
  moto: readonly Step[]
}

/** Every difference in codes, facts and shapes. */
export function observedDifferences(played: readonly Played[]): Observed[] {
  return [...played.flatMap(differentSteps), ...differentShapes(played)]
}

function differentSteps({ scenario, sandbox, moto }: Played): Observed[] {
  const others = new Map(moto.map((step) => [step.name, step]))
  return sandbox.flatMap((step) => {
    const said = saidIn(step)
    const other = others.get(step.name)
    const otherSaid = other === undefined ? 'not reached' : saidIn(other)
    return said === otherSaid ? [] : [{ at: `${scenario}: ${step.name}`, sandbox: said, moto: otherSaid }]
  })
}

function saidIn({ outcome, facts }: Step): string {
  return outcome === 'ok' && facts !== undefined ? JSON.stringify(facts) : outcome
}

/** By operation, over all scenarios: which members are in an answer can depend on what was asked before. */
function differentShapes(played: readonly Played[]): Observed[] {
  const pairs = played.flatMap(({ sandbox, moto }) => bothSucceeded(sandbox, moto))
  const sandbox = membersOf(pairs.map(([step]) => step))
  const moto = membersOf(pairs.map(([, step]) => step))
  const all = [...new Set([...sandbox.keys(), ...moto.keys()])].sort((a, b) => a.localeCompare(b))
  return all.flatMap((at) => {
    const [here, there] = [sandbox.get(at), moto.get(at)]
    if (here === there) return []
    // What type it has says nothing where the other has none.
    if (here === undefined) return [{ at, sandbox: 'absent', moto: 'there' }]
    if (there === undefined) return [{ at, sandbox: 'there', moto: 'absent' }]
    return [{ at, sandbox: here, moto: there }]
  })
}

function bothSucceeded(sandbox: readonly Step[], moto: readonly Step[]): [Step, Step][] {
  const others = new Map(moto.map((step) => [step.name, step]))
  return sandbox.flatMap((step): [Step, Step][] => {
    const other = others.get(step.name)
    return other && step.outcome === 'ok' && other.outcome === 'ok' ? [[step, other]] : []
  })
}

function membersOf(steps: readonly Step[]): Map<string, string> {
  const members = new Map<string, string>()
  for (const { operation, shape } of steps) {
    for (const [member, type] of flat(shape)) members.set(`${operation}: ${member}`, type)
  }
  return members
}

function flat(shape: Shape): [string, string][] {
  return Object.entries(shape).flatMap(([structure, members]) =>
    Object.entries(members).map(([member, type]): [string, string] => [`${structure}.${member}`, type]),
  )
}
