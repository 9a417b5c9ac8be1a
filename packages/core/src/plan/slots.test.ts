import { expect, test } from 'vitest'

import { slots } from './slots.ts'

test('work that takes several waits for as many, and none overtakes it', async () => {
  const slot = slots(3)
  const order: string[] = []
  let taken = 0
  let most = 0
  const work = (name: string, count: number) =>
    slot(async () => {
      order.push(name)
      taken += count
      most = Math.max(most, taken)
      await Promise.resolve()
      taken -= count
    }, count)
  await Promise.all([work('a', 1), work('b', 3), work('c', 1), work('d', 3), work('e', 2)])
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(most).toBe(3)
})

test('what would take more than there are takes all; what fails gives its slots back', async () => {
  const slot = slots(2)
  await expect(slot(() => Promise.reject(new Error('broken')), 5)).rejects.toThrow('broken')
  expect(await slot(() => Promise.resolve('done'), 5)).toBe('done')
})
