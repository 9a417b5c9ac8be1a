/**
 * The methods of a part of the cloud whose client is loaded by the first call of one of them, so that actions that need none of them do
 * not pay for it.
 */
export function whenCalled<T, K extends keyof T & string>(
  names: readonly K[],
  load: () => Promise<T>,
): Pick<T, K> {
  let loaded: Promise<T> | undefined
  const methods = names.map((name) => {
    const method = async (...args: unknown[]): Promise<unknown> => {
      loaded ??= load()
      const part = await loaded
      return (part[name] as (...given: unknown[]) => unknown)(...args)
    }
    return [name, method] as const
  })
  return Object.fromEntries(methods) as Pick<T, K>
}
