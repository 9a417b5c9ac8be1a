/** A file as it should be. Paths are relative to the project, with slashes. */
export interface WantedFile {
  path: string
  text: string
}

export type FileStatus = 'created' | 'updated' | 'unchanged'

export interface FolderEntry {
  name: string
  isFolder: boolean
}

/**
 * The files of the project.
 * Every failure of the machine is a PackageError of kind system that names the path.
 */
export interface Files {
  /** The text of a file; undefined when there is none. */
  read(path: string): string | undefined
  exists(path: string): boolean
  /** What a folder holds, sorted by name; empty when there is none. */
  list(folder: string): FolderEntry[]
  /**
   * Makes the files be as wanted, in order of the answer. Each file is at every moment the old or the new one, whole,
   * and lasts once this returns; a file that is already as wanted is not touched.
   */
  write(wanted: readonly WantedFile[]): Promise<FileStatus[]>
  /**
   * Replaces a file that is written again and again: it is at every moment an old or a new one, whole, and the text, or a later one,
   * lasts once this resolves. Of the texts that come while one is on its way to the disk only the last is written.
   */
  keep(path: string, text: string): Promise<void>
  /**
   * SHA-256, in hexadecimal, of these texts and of what these files and folders hold: paths, contents, and who may run them. What
   * is missing counts as missing.
   */
  digest(parts: { texts: readonly string[]; paths: readonly string[] }): Promise<string>
  /** Removes files; those that are not there any more are no failure. */
  remove(paths: readonly string[]): Promise<void>
}
