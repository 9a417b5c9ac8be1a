import { fail, succeed, type StandIn } from './stand-in.ts'

/** Any package manager: it agrees to everything, and says that it did nothing. */
export function packageManager(name: string): StandIn {
  return (args) =>
    succeed(`${[name, ...args].join(' ')}: this is a stand-in of the sandbox, nothing is installed\n`)
}

const chefInstaller = /^https:\/\/omnitruck\.(cinc\.sh|chef\.io)\/install\.sh$/
const installerText = 'echo "install.sh: this is a stand-in of the sandbox, nothing is installed"\n'

/**
 * There is no network. A script that cannot do without learns so as from a host that cannot be resolved. Only the
 * installers of Chef are handed out, as scripts that do nothing: `chef-solo` is there already, whatever its version.
 */
export function downloader(name: string, exitCode: number): StandIn {
  return async (args, { fs, cwd }) => {
    const at = args.findIndex((arg) => /^-[a-zA-Z]*[oO]$/.test(arg))
    const file = at === -1 ? undefined : args[at + 1]
    if (file === undefined || !args.some((arg) => chefInstaller.test(arg))) {
      return fail(`${name}: this stand-in of the sandbox has no network\n`, exitCode)
    }
    await fs.writeFile(fs.resolvePath(cwd, file), installerText)
    return succeed()
  }
}
