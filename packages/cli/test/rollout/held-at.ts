/** Lets a run go on until it is about to make that call, for the so manieth time, and from there once it is told to. */
export function heldAt(operation: string, time = 1) {
  let [reach, open] = [() => {}, () => {}]
  let count = 0
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const opened = new Promise<void>((resolve) => (open = resolve))
  const onCall = async (name: string) => {
    if (name !== operation || (count += 1) < time) return
    reach()
    await opened
  }
  return { reached, open, onCall }
}
