import { PackageError } from '@package/core/errors'

/** The error of the tool that this work ends with. Throws an Error where it ends otherwise. */
export async function failureOf(work: Promise<unknown>): Promise<PackageError> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (error instanceof PackageError) return error
  throw new Error('it did not fail as it should', { cause: error })
}
