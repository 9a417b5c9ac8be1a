// Preloaded into a measured process: counts the milliseconds that it pauses.
const { appendFileSync } = require('node:fs')
const timers = require('node:timers/promises')

const sleep = timers.setTimeout
timers.setTimeout = async (...words) => {
  const start = performance.now()
  try {
    return await sleep(...words)
  } finally {
    appendFileSync(process.env.BENCH_SLEPT, `${performance.now() - start}\n`)
  }
}
