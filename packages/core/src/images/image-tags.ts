import type { Tags } from '../ports/cloud/tags.ts'

/** What a group's images are tagged with; the environments of a project share them. */
export function imageTags(project: string, group: string): Tags {
  return { 'package:project': project, group }
}

/** The tag that says what an image is made of. */
export const digestTag = 'package:digest'

/** The tag that says which bundle of a deploy an image has the like of. */
export const bundleTag = 'package:bundle'

/** The tag of everything that a build makes on its way, builders above all: which build, and whose. */
export const buildTag = 'package:build'
