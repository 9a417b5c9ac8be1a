/** The text that AWS gives in base64, such as user data and consoles. */
export function base64Text(base64: string): string {
  return Buffer.from(base64, 'base64').toString()
}
