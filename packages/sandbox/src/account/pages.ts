import { AwsError, invalidParameterValue } from '../aws-error.ts'

export interface Page<T> {
  items: T[]
  NextToken: string | undefined
}

/**
 * One page of an answer. `MaxResults` and `NextToken` as the caller gave them; without MaxResults AWS answers all.
 * Throws AwsError for a token that is none and for a size that the operation does not take.
 */
export function page<T>(
  items: readonly T[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  [smallest, largest]: readonly [number, number] = [5, 1000],
): Page<T> {
  if (MaxResults !== undefined && (MaxResults < smallest || MaxResults > largest)) {
    throw invalidParameterValue(
      `Value ( ${String(MaxResults)} ) for parameter maxResults is invalid. Expecting a value between ${String(smallest)} and ${String(largest)}.`,
    )
  }
  const start = NextToken === undefined ? 0 : readToken(NextToken)
  const end = MaxResults === undefined ? items.length : start + MaxResults
  return { items: items.slice(start, end), NextToken: end < items.length ? writeToken(end) : undefined }
}

function writeToken(position: number): string {
  return Buffer.from(`page ${String(position)}`).toString('base64')
}

function readToken(token: string): number {
  const [, position] = /^page (\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? []
  if (position === undefined) {
    throw new AwsError('InvalidPaginationToken', 'The specified pagination token is not valid.')
  }
  return Number(position)
}
