import { runHere, succeed, type StandIn } from './stand-in.ts'

const assignment = /^([A-Za-z_]\w*)=(.*)$/s

/** `env`, and a command with variables of its own; where an option comes first, just-bash's own. */
export const env: StandIn = async (args, context) => {
  const first = args.findIndex((arg) => !assignment.test(arg))
  if (first === -1 || args[first]?.startsWith('-') === true) {
    return (await context.origCommand?.([...args])) ?? succeed()
  }
  const own = args.slice(0, first).map((arg) => assignment.exec(arg)?.slice(1) ?? [])
  const exportedEnv = { ...context.exportedEnv, ...(Object.fromEntries(own) as Record<string, string>) }
  return runHere(args.slice(first), { ...context, exportedEnv })
}
