import { PackageError } from './errors.ts'
import type { Settings } from './groups/settings.ts'
import type { Tags } from './ports/cloud/tags.ts'

/** Whose things in an account are: a project's, and an environment's of it. */
export interface Owner {
  project: string
  environment: string | undefined
}

/** As the schema has it for the settings' own (nodes.schema.json, ownerName). */
const environmentName = /^[a-z0-9][a-z0-9-]{0,31}$/

/**
 * Throws PackageError: config when the settings name no project (without it, nothing on AWS could be found again), usage for an
 * environment that cannot be one.
 */
export function ownerOf(settings: Settings, environment: string | undefined): Owner {
  if (environment !== undefined && !environmentName.test(environment)) {
    throw new PackageError(
      'usage',
      'ENVIRONMENT_NAME',
      `${JSON.stringify(environment)} is no name of an environment`,
      {
        hint: 'lower-case letters, digits and "-", 32 at most, a letter or digit first',
      },
    )
  }
  if (settings.project !== undefined) return { project: settings.project, environment }
  throw new PackageError('config', 'PROJECT_MISSING', 'nodes.json has no __settings__.project', {
    hint: 'add "__settings__": {"project": "<name>"}: everything on AWS is tagged with it, and found again by it',
  })
}

/** What everything of that owner is tagged with; an owner without environment owns only what has no such tag. */
export function ownerTags({ project, environment }: Owner): Tags {
  return {
    'package:project': project,
    ...(environment !== undefined && { 'package:environment': environment }),
  }
}

/** Whether all tags say so. Without an environment, things of the project's environments are somebody else's. */
export function owns({ project, environment }: Owner, tags: Tags): boolean {
  return tags['package:project'] === project && tags['package:environment'] === environment
}

/**
 * A name on AWS that no other project or environment of the account has: `project/name` or `project/environment/name`.
 */
export function ownedName({ project, environment }: Owner, name: string): string {
  return [project, environment, name].filter((part) => part !== undefined).join('/')
}
