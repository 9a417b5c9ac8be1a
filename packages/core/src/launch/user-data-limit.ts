import { PackageError } from '../errors.ts'

/** Bytes, before base64 (EC2 User Guide, "Instance user data considerations"). */
const mostUserData = 16_384

/** Gives the text back. Throws PackageError (config) when it is too much for EC2; `source` says what it is. */
export function fittingUserData(text: string, source: string): string {
  if (utf8Length(text) <= mostUserData) return text
  throw new PackageError('config', 'USER_DATA_LONG', `${source} is longer than AWS's 16 KiB of user data`, {
    hint: 'put it into the image, or fetch it from a short script',
  })
}

function utf8Length(text: string): number {
  return encodeURIComponent(text).replaceAll(/%../g, '_').length
}
