import { byName, type Service } from '../operation.ts'
import { commandOperations } from './commands/operations.ts'
import { managedInstanceOperations } from './managed-instances/operations.ts'

export const ssm: Service = {
  name: 'ssm',
  protocol: 'awsJson',
  json: { target: 'AmazonSSM', version: '1.1' },
  xmlNamespace: '',
  operations: byName([...commandOperations, ...managedInstanceOperations]),
}
