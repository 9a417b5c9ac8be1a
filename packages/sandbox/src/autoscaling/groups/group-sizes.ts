import { validationError } from '../validation-error.ts'
import type { Group } from './group.ts'

type Sizes = Pick<Group, 'minSize' | 'maxSize' | 'desiredCapacity'>

/** Throws AwsError for sizes that contradict each other. */
export function checkSizes({ minSize, maxSize, desiredCapacity }: Sizes): void {
  for (const [name, size] of Object.entries({ minSize, maxSize, desiredCapacity })) {
    if (Number.isInteger(size) && size >= 0) continue
    throw validationError(
      `1 validation error detected: Value '${String(size)}' at '${name}' failed to satisfy constraint: Member must have value greater than or equal to 0`,
    )
  }
  if (minSize > maxSize) {
    throw validationError(
      `Max bound, ${String(maxSize)}, must be greater than or equal to min bound, ${String(minSize)}`,
    )
  }
  if (desiredCapacity < minSize || desiredCapacity > maxSize) {
    throw validationError(
      `Desired capacity:${String(desiredCapacity)} must be between the specified min size:${String(minSize)} and max size:${String(maxSize)}`,
    )
  }
}
