/** The promises that were not kept. */
export const broken = []

export const milliseconds = (value) => `${value.toFixed(0)} ms`.padStart(9)

/** Prints one line of a table, and remembers a promise that was not kept. */
export function line(name, value, ratio, promise) {
  const kept = promise === undefined || ratio <= promise
  if (!kept) broken.push(name)
  const verdict =
    promise === undefined ? '' : `   promise: at most ${promise.toFixed(2)}${kept ? '' : '   BROKEN'}`
  console.log(`  ${name.padEnd(46)} ${value}   ${ratio.toFixed(2).padStart(5)}×${verdict}`)
}

export function table(title, medians, yardstick, promises) {
  console.log(`\n${title} (ratio to: ${yardstick})`)
  for (const [name, value] of medians) {
    line(name, milliseconds(value), value / medians.get(yardstick), promises[name])
  }
}
