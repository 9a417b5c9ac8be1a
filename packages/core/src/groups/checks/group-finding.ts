import type { Path } from '../problem.ts'

/** Something wrong in one merged group; `path` starts at the group. */
export interface GroupFinding {
  path: Path
  text: string
}
