/** The operator's wish to stop a long work at the next safe point: Ctrl-C. */
export interface Stop {
  /** From the first time that it is called, Ctrl-C is a wish, and only the second one ends the process. */
  isAsked(): boolean
}
