/** A system that must not be asked for anything. */
export function unused(what: string): never {
  return new Proxy({} as never, {
    get() {
      throw new Error(`a rollout uses no ${what}`)
    },
  })
}
