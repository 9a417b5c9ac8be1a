import { PackageError } from '@package/core/errors'

/** OpenSSH cannot be started. */
export function noProgram(program: string, cause: Error): PackageError {
  return new PackageError('system', 'SSH_MISSING', `${program} cannot be started: ${cause.message}`, {
    hint: 'install the OpenSSH client',
    cause,
  })
}
