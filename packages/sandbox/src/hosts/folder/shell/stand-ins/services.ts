import { fail, succeed, type StandIn } from './stand-in.ts'

/** No service runs on a stand-in. Whoever starts one is told so; whoever asks for one gets the truth. */
export const systemctl: StandIn = (args) => {
  const [verb = 'list-units', ...units] = args.filter((arg) => !arg.startsWith('-'))
  const unit = units.join(' ')
  switch (verb) {
    case 'is-system-running':
      return succeed('running\n')
    case 'is-active':
      return { stdout: 'inactive\n', stderr: '', exitCode: 3 }
    case 'is-enabled':
      return { stdout: 'disabled\n', stderr: '', exitCode: 1 }
    case 'is-failed':
      return { stdout: 'inactive\n', stderr: '', exitCode: 1 }
    case 'status':
      return fail(`Unit ${unit} could not be found.\n`, 4)
    default:
      return succeed(
        `systemctl ${verb} ${unit}`.trimEnd() + ': this is a stand-in of the sandbox, no service runs\n',
      )
  }
}

export const service: StandIn = ([name = '', verb = 'status'], context, host) =>
  systemctl([verb, name], context, host)

/** shutdown, reboot, …: whether a machine runs is the account's to say. */
export function powerSwitch(name: string): StandIn {
  return () => succeed(`${name}: this is a stand-in of the sandbox, it goes on\n`)
}

/** A machine answers SSH only after its first boot: there is nothing to wait for, and nothing that runs again. */
export const cloudInit: StandIn = ([verb = '']) => {
  if (verb === 'status') return succeed('status: done\n')
  if (verb === 'clean') return succeed()
  return fail(`cloud-init: this stand-in knows only "status" and "clean"\n`, 2)
}
