/** A file or folder of a bundle: its place there, and what it holds. */
export type BundlePart =
  | { path: string; text: string }
  /** A file of the project, or a folder with all that it holds but the names that are left out at its top. */
  | { path: string; source: string; leftOut?: readonly string[] }

/** What chef-solo needs on a node of a group, packed. */
export interface Bundle {
  /** SHA-256 of the archive, in hexadecimal. */
  digest: string
  /** tar and gzip; the same bytes for the same contents, whoever packs them, and when. */
  archive: Uint8Array
}

export interface Bundles {
  /** Packs the parts; of two with the same path the later one counts. Throws PackageError (system) for what cannot be read. */
  pack(parts: readonly BundlePart[]): Promise<Bundle>
}
