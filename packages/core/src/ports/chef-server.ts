import type { JsonObject } from '../groups/json.ts'

/** The objects of one kind: roles, or the items of one data bag. */
export interface ChefObjects {
  /** Of all that the server has; those that this client may not read are among them. */
  names(): Promise<ReadonlySet<string>>
  /** Undefined where the server has none of that name. */
  read(name: string): Promise<JsonObject | undefined>
  /**
   * Makes a new one, of an item also its data bag where that is missing; `exists`, and nothing changed, where there is one of
   * that name.
   */
  create(name: string, object: JsonObject): Promise<'created' | 'exists'>
  /** Puts this one in the place of the one that there is. */
  replace(name: string, object: JsonObject): Promise<void>
}

/**
 * The Chef Server of the project, as one of its clients sees it. It has no transactions and no versions: of two writers the later
 * wins. Every refusal is a PackageError that says what to do about it.
 */
export interface ChefServer {
  /** With its organization, where it has them. */
  readonly url: string
  readonly clientName: string
  readonly roles: ChefObjects
  items(dataBag: string): ChefObjects
}
