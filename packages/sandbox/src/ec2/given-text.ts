/**
 * An optional parameter as it is meant: an empty one is none. Packer sends empty ones for what its template does not name (a VPC, a
 * subnet, a zone, an instance profile), and AWS takes them.
 */
export function givenText(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
