import { page, type Page } from '../account/pages.ts'
import { AwsError } from '../aws-error.ts'
import { constraintError } from './ssm-errors.ts'

/** One page of an answer. Throws AwsError for a size out of range and a token that is none. */
export function ssmPage<T>(
  items: readonly T[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  [smallest, largest]: readonly [number, number],
): Page<T> {
  if (MaxResults !== undefined && MaxResults < smallest) {
    throw constraintError(
      MaxResults,
      'maxResults',
      `Member must have value greater than or equal to ${String(smallest)}`,
    )
  }
  if (MaxResults !== undefined && MaxResults > largest) {
    throw constraintError(
      MaxResults,
      'maxResults',
      `Member must have value less than or equal to ${String(largest)}`,
    )
  }
  try {
    return page(items, { MaxResults: MaxResults ?? largest, NextToken }, [smallest, largest])
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new AwsError('InvalidNextToken', 'The specified token is not valid.')
  }
}
