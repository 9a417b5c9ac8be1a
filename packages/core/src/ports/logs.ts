/** Logs that grow, relative to the project. Nobody but their owner reads them. */
export interface Logs {
  /**
   * Opens a log, and gives what appends a line to it. Throws PackageError (system) where it cannot be written; a disk that is full
   * later ends nothing.
   */
  open(path: string): (line: string) => void
}
