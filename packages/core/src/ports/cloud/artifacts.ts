/** A file in a bucket. */
export interface ArtifactPlace {
  bucket: string
  key: string
}

/** Whoever has it reads the file until then. Never to be told or logged. */
export interface ArtifactUrl {
  url: string
  /** Milliseconds since 1970, in AWS's own time. */
  expiresAt: number
}

export interface Artifacts {
  hasArtifact(place: ArtifactPlace): Promise<boolean>
  /** Of a short text; undefined where there is none, or where one may not see that. */
  artifactText(place: ArtifactPlace): Promise<string | undefined>
  putArtifact(place: ArtifactPlace, content: Uint8Array | string): Promise<void>
  /** Good for so many seconds, or as long as the credentials that it is signed with. */
  artifactUrl(place: ArtifactPlace, seconds: number): Promise<ArtifactUrl>
}
