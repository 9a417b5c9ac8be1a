import { describe, expect, test } from 'vitest'

import { atOnce } from './at-once.ts'

describe('atOnce', () => {
  test('gives the results in the order of the items, whatever ends first', async () => {
    const turns = (count: number): Promise<void> =>
      count === 0 ? Promise.resolve() : Promise.resolve().then(() => turns(count - 1))
    const results = await atOnce(3, [9, 1, 5], async (count) => {
      await turns(count)
      return count
    })
    expect(results).toEqual([9, 1, 5])
  })

  test('never does more than so many at the same time', async () => {
    let running = 0
    let most = 0
    await atOnce(2, [1, 2, 3, 4, 5], async () => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
    })
    expect(most).toBe(2)
  })

  test('begins nothing more after a failure, and throws it when the rest has ended', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const all = atOnce(2, [1, 2, 3, 4], async (item) => {
      begun.push(item)
      await Promise.resolve()
      if (item === 1) throw new Error('one failed')
      await Promise.resolve()
      ended.push(item)
    })
    await expect(all).rejects.toThrow('one failed')
    expect([begun, ended]).toEqual([[1, 2], [2]])
  })

  test('has nothing to do without items', async () => {
    expect(await atOnce(10, [], () => Promise.reject(new Error('never')))).toEqual([])
  })
})
