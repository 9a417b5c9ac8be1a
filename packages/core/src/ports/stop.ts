/** The operator's wish to stop a long work at the next safe point: Ctrl-C. */
export interface Stop {
  /** From now on Ctrl-C is a wish, and only the second one ends the process. */
  heed(): void
  /** Never before `heed`: until then Ctrl-C ends the process. */
  isAsked(): boolean
}
