import type { Operation, Scope } from '../operation.ts'
import { checkAuthentication } from './presigned.ts'
import type { S3Answer, S3Request } from './s3-request.ts'

/** An operation of a service whose requests are paths: the SDK's schema is only its name. */
export function s3Operation(
  name: string,
  kind: 'read' | 'change',
  run: (request: S3Request, scope: Scope) => S3Answer,
): Operation {
  return {
    schema: [9, 'package.sandbox', name, 0, 'unit', 'unit'],
    run: (input, scope) => {
      const { request } = input as { request: S3Request }
      checkAuthentication(request, scope.now)
      return run(request, scope)
    },
    isRead: kind === 'read',
  }
}
