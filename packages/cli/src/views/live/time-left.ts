/** Milliseconds as `14:05`, hours before it where there are some. */
export function timeLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (number: number) => String(number).padStart(2, '0')
  const head = hours > 0 ? `${String(hours)}:${two(minutes)}` : String(minutes)
  return `${head}:${two(seconds % 60)}`
}
