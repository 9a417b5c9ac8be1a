import { page } from '../account/pages.ts'
import { AwsError } from '../aws-error.ts'
import { validationError } from './validation-error.ts'

/** One page of an answer: as many as MaxRecords says, or the operation's usual number. Throws AwsError. */
export function recordPage<T>(
  items: readonly T[],
  { MaxRecords, NextToken }: { MaxRecords?: number | undefined; NextToken?: string | undefined },
  { usual = 50, most = 100 }: { usual?: number; most?: number } = {},
): { items: T[]; NextToken: string | undefined } {
  const size = MaxRecords ?? usual
  if (size < 1 || size > most) {
    throw validationError(
      `The requested number of records must be between 1 and ${String(most)}. The value given was ${String(size)}.`,
    )
  }
  try {
    return page(items, { MaxResults: size, NextToken: NextToken === '' ? undefined : NextToken }, [1, most])
  } catch {
    throw new AwsError('InvalidNextToken', 'Invalid Next token')
  }
}
