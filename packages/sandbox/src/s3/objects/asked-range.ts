import { AwsError } from '../../aws-error.ts'

/** The first and last byte that `Range` asks for; undefined for all. Throws AwsError for a range that is not there. */
export function askedRange(
  header: string | undefined,
  size: number,
): [start: number, end: number] | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || from + to === '') return undefined
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start <= end) return [start, end]
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416)
}
