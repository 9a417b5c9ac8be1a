import { PackageError } from '../errors.ts'

/**
 * How many hosts may fail before no new ones are begun: of `--max-errors` as a number, or as a part of all hosts in percent, rounded
 * down. Throws PackageError (usage) for what is neither.
 */
export function errorLimit(text: string | undefined): (hosts: number) => number {
  if (text === undefined) return () => Infinity
  const [, number = '', percent] = /^(\d{1,6})(%?)$/.exec(text) ?? []
  if (number === '' || (percent === '%' && Number(number) > 100)) {
    throw new PackageError('usage', 'OPTION_VALUE', `--max-errors is ${JSON.stringify(text)}`, {
      hint: 'it is a number of hosts, or a part of them such as 10%',
    })
  }
  return percent === '%' ? (hosts) => Math.floor((hosts * Number(number)) / 100) : () => Number(number)
}
