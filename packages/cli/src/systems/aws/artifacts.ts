import type { Artifacts, ArtifactPlace } from '@package/core/ports/cloud/artifacts'

import { awsError } from './aws-error.ts'
import type { Connection } from './connection.ts'
import { S3Requests, type S3Answer } from './s3-requests.ts'

/** Loaded by the deploys that bring bundles to a bucket. */
export function artifacts(connection: Connection, region: string): Artifacts {
  const requests = new S3Requests(connection, region)
  const failed = ({ region: asked, ...answer }: S3Answer, operation: string) => {
    const error = { Code: answer.code, message: answer.message, $metadata: answer.metadata }
    return awsError(error, 's3', asked, operation)
  }
  return {
    async hasArtifact(place) {
      const answer = await requests.send('HeadObject', { method: 'HEAD', place })
      if (answer.status === 200) return true
      // Without s3:ListBucket, S3 does not say that an object is missing.
      if (answer.status === 404 || answer.status === 403) return false
      throw failed(answer, 'HeadObject')
    },
    async artifactText(place) {
      const answer = await requests.send('GetObject', { method: 'GET', place })
      if (answer.status === 200) return new TextDecoder().decode(answer.body)
      if (answer.code === 'NoSuchKey' || answer.status === 403) return undefined
      throw failed(answer, 'GetObject')
    },
    async putArtifact(place: ArtifactPlace, content) {
      const body = typeof content === 'string' ? new TextEncoder().encode(content) : content
      const answer = await requests.send('PutObject', { method: 'PUT', place, body })
      if (answer.status !== 200) throw failed(answer, 'PutObject')
    },
    artifactUrl: (place, seconds) => requests.presign(place, seconds),
  }
}
