/**
 * Does the work for each item, for at most so many at the same time. Gives the results in the order of the items. After a
 * failure no more work is begun; it is thrown once what was begun has ended.
 */
export async function atOnce<T, R>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const failures: unknown[] = []
  let next = 0
  const workers = Array.from({ length: Math.min(most, items.length) }, async () => {
    for (let index = next++; index < items.length && failures.length === 0; index = next++) {
      try {
        results[index] = await work(items[index] as T)
      } catch (error) {
        failures.push(error)
      }
    }
  })
  await Promise.all(workers)
  if (failures.length > 0) throw failures[0]
  return results
}
