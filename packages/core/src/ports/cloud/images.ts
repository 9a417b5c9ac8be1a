import type { ImageFilter } from '../../groups/node-group.ts'
import type { Tags } from './tags.ts'

export interface Image {
  id: string
  name: string
  state: string
  architecture: string
  /** ISO 8601; sorts as text. */
  createdAt: string
  rootDevice: string
  tags: Tags
}

export interface Images {
  /** Undefined where there is none that this account may use. */
  image(id: string): Promise<Image | undefined>
  /** Those of this account that carry the tags, newest first. */
  ownImages(tags: Tags): Promise<Image[]>
  /** The newest that is available; `name` may hold `*` and `?`. */
  newestImage(filter: ImageFilter): Promise<Image | undefined>
}
