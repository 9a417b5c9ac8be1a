import { byName, type Service } from '../operation.ts'
import { bucketOperations } from './buckets/operations.ts'
import { objectOperations } from './objects/operations.ts'

export const s3: Service = {
  name: 's3',
  protocol: 'rest',
  xmlNamespace: '',
  operations: byName([...bucketOperations, ...objectOperations]),
}
