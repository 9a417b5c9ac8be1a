/** Does work for at most so many at the same time; others wait in the order in which they came. What is more work takes more of them. */
export function slots(most: number): <T>(work: () => Promise<T>, count?: number) => Promise<T> {
  let free = most
  const waiting: { count: number; begin: () => void }[] = []
  const admit = () => {
    for (let next = waiting[0]; next !== undefined && next.count <= free; next = waiting[0]) {
      free -= next.count
      waiting.shift()
      next.begin()
    }
  }
  return async (work, count = 1) => {
    const begun = new Promise<void>((begin) => waiting.push({ count: Math.min(count, most), begin }))
    admit()
    await begun
    try {
      return await work()
    } finally {
      free += Math.min(count, most)
      admit()
    }
  }
}
