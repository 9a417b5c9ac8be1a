import type { Applicability } from '../../groups/select-groups.ts'

/** The autoscale actions act on groups whose merged `autoscale` is an object. */
export const autoscaleGroups: Applicability = {
  appliesTo: ({ fields }) => typeof fields.autoscale === 'object',
  reason: 'has no autoscale group: its "autoscale" is not an object in nodes.json',
}
