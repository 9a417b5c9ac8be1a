/** A source image of nodes.json: one by its id, or the newest of a name. */
export type WantedImage =
  | { region: string; imageId: string }
  | { region: string; owner: string; name: string; architecture?: 'x86_64' | 'arm64' }
