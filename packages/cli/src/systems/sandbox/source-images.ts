import type { Nodes } from '@package/core/groups/nodes'
import type { WantedImage } from '@package/sandbox/ec2/images/wanted-image'

/** The images that nodes.json names: a sandbox has them all, so that every project can be tried in it. */
export function sourceImages(nodes: Nodes, regionNamed: string | undefined): WantedImage[] {
  return [...nodes.groups.values()].flatMap(({ fields }) => {
    const region = regionNamed ?? fields.region
    const { source_ami: source } = fields
    if (region === undefined || source === undefined) return []
    return [typeof source === 'string' ? { region, imageId: source } : { region, ...source }]
  })
}
