import type { AdviceRule } from './advice-rule.ts'

/** Of S3 (API Reference, "Error responses") and Systems Manager. */
export const bucketAdvice: readonly AdviceRule[] = [
  {
    codes: /^NoSuchBucket$/,
    kind: 'config',
    code: 'BUCKET_MISSING',
    hint: 'make the bucket, or correct __settings__.artifacts_bucket in nodes.json',
  },
  {
    codes: /^(MaxDocumentSizeExceeded|InvalidParameters)$/,
    kind: 'system',
    code: 'COMMAND_REFUSED',
    hint: 'deploy to fewer instances at a time with --name, or over SSH',
  },
]
