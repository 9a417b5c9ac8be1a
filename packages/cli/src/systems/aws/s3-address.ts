import type { ArtifactPlace } from '@package/core/ports/cloud/artifacts'

export interface S3Address {
  protocol: string
  hostname: string
  port?: number
  path: string
}

/**
 * Where a file of a bucket is: below the bucket's own host, else in its path where the environment names another endpoint, or the
 * bucket's name has a dot, which does not fit the certificate of such a host (S3 User Guide, "Virtual hosting of buckets").
 */
export function s3Address(
  { bucket, key }: ArtifactPlace,
  region: string,
  endpoint: string | undefined,
): S3Address {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env
  const given =
    endpoint ?? [AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL].find((url) => url !== undefined && url !== '')
  if (given !== undefined) {
    const { protocol, hostname, port, pathname } = new URL(given)
    const path = `${pathname.replace(/\/$/, '')}/${bucket}/${key}`
    return { protocol, hostname, ...(port !== '' && { port: Number(port) }), path }
  }
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  return bucket.includes('.')
    ? { protocol: 'https:', hostname: host, path: `/${bucket}/${key}` }
    : { protocol: 'https:', hostname: `${bucket}.${host}`, path: `/${key}` }
}
