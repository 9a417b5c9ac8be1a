import { fail, succeed, type StandIn } from './stand-in.ts'

/** Any package manager: it agrees to everything, and says that it did nothing. */
export function packageManager(name: string): StandIn {
  return (args) =>
    succeed(`${[name, ...args].join(' ')}: this is a stand-in of the sandbox, nothing is installed\n`)
}

/** There is no network. A script that cannot do without learns so as from a host that cannot be resolved. */
export function downloader(name: string, exitCode: number): StandIn {
  return () => fail(`${name}: this stand-in of the sandbox has no network\n`, exitCode)
}
