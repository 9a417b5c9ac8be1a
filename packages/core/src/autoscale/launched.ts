import type { WantedTemplate } from './goal.ts'

/** What instances are launched from, in the members of JSON output. */
export interface Launched {
  /** Of the launch template; missing where it is not made yet. */
  template_version?: number
  image?: string
  instance_type?: string
  digest: string
}

export function launched(template: WantedTemplate): Launched {
  const { imageId, instanceType } = 'specification' in template ? template.specification : template
  return {
    ...('version' in template && { template_version: template.version }),
    ...(imageId !== undefined && { image: imageId }),
    ...(instanceType !== undefined && { instance_type: instanceType }),
    digest: template.digest,
  }
}

/** The same for people. */
export function launchedText(template: WantedTemplate): string {
  const { image = 'not known', instance_type: type = 'instance type not known', digest } = launched(template)
  return `image ${image}, ${type}, digest ${digest.slice(0, 12)}`
}
