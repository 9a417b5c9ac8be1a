const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const listeners = new Set<() => void>()

/** Calls the listener at each Ctrl-C, or when the terminal is closed, which then does not end this process, until the function that it gives is called. */
export function onInterrupt(listener: () => void): () => void {
  if (listeners.size === 0) for (const signal of signals) process.on(signal, callAll)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) for (const signal of signals) process.off(signal, callAll)
  }
}

function callAll(): void {
  for (const listener of listeners) listener()
}
