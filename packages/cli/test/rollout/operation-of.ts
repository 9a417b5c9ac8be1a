/** The name of the operation that a request to AWS asks for, in JSON or as a form. */
export function operationOf({ headers, body }: { headers: Record<string, string>; body?: unknown }): string {
  const target = headers['x-amz-target']
  if (target !== undefined) return target.split('.')[1] ?? target
  return new URLSearchParams(String(body)).get('Action') ?? ''
}
