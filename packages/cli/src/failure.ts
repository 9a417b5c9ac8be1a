import { PackageError } from '@package/core/errors'

/** Anything thrown as the error that a view can show: what is not a PackageError is a bug of the tool. */
export function asPackageError(thrown: unknown): PackageError {
  if (thrown instanceof PackageError) return thrown
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  const frame = thrown instanceof Error ? /\n\s+(at .*)/.exec(thrown.stack ?? '')?.[1] : undefined
  return new PackageError('bug', 'BUG', `${message}${frame === undefined ? '' : ` (${frame})`}`, {
    hint: 'this is a bug of package: report the line above together with the command',
    cause: thrown,
  })
}
