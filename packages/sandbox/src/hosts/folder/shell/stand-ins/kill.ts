import { fail, succeed, type StandIn } from './stand-in.ts'

/** Tells whether processes live (`kill -0`). No signal is sent. */
export const kill: StandIn = (args, _context, { lives }) => {
  const isQuestion = args[0] === '-0' || (args[0] === '-s' && args[1] === '0')
  const ids = args.filter((arg, index) => /^\d+$/.test(arg) && args[index - 1] !== '-s')
  const missing = ids.find((id) => !lives(Number(id)))
  if (missing !== undefined) return fail(`bash: kill: (${missing}) - No such process\n`)
  return isQuestion ? succeed() : fail('kill: this stand-in sends no signals\n')
}
