import { page } from '../account/pages.ts'
import { AwsError } from '../aws-error.ts'
import { validationError } from './validation-error.ts'

const mostOfOnePage = 400

/** One page of an answer (API Reference: PageSize from 1 to 400). Throws AwsError. */
export function resourcePage<T>(
  items: readonly T[],
  { PageSize, Marker }: { PageSize?: number | undefined; Marker?: string | undefined },
): { items: T[]; NextMarker: string | undefined } {
  const size = PageSize ?? mostOfOnePage
  if (size < 1 || size > mostOfOnePage) {
    throw validationError(
      `1 validation error detected: Value '${String(size)}' at 'pageSize' failed to satisfy constraint: Member must have value between 1 and ${String(mostOfOnePage)}`,
    )
  }
  try {
    const found = page(items, { MaxResults: size, NextToken: Marker }, [1, mostOfOnePage])
    return { items: found.items, NextMarker: found.NextToken }
  } catch (error) {
    throw error instanceof AwsError ? validationError(`Invalid Marker: '${Marker ?? ''}'`) : error
  }
}
