/**
 * The items of all pages of a list. A page size is always asked for: without one, AWS may answer a list as a whole, slowly,
 * or refuse it.
 */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{ items: readonly T[] | undefined; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = []
  let token: string | undefined
  do {
    const { items = [], next } = await page(token)
    all.push(...items)
    token = next === '' ? undefined : next
  } while (token !== undefined)
  return all
}
