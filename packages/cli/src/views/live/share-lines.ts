/** How many of the lines that there are each gets: as many as it needs, and equal parts where they do not suffice. */
export function shareLines(needs: readonly number[], lines: number): number[] {
  const shares = needs.map(() => 0)
  const order = [...needs.keys()].sort((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0))
  let left = Math.max(0, lines)
  for (const [place, index] of order.entries()) {
    const share = Math.min(needs[index] ?? 0, Math.floor(left / (order.length - place)))
    shares[index] = share
    left -= share
  }
  return shares
}
