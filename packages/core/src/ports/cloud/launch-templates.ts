import type { BlockDevice, MetadataOptions } from '../../groups/node-group.ts'
import type { Tags } from './tags.ts'

/** A version of a launch template. */
export interface LaunchTemplateVersion {
  templateId: string
  templateName: string
  version: number
  isDefault: boolean
  /** Up to 255 characters, as it was given; empty without one. */
  description: string
  /** Missing where the version leaves it to whoever launches. */
  imageId?: string
  /** Missing where the version leaves it to whoever launches. */
  instanceType?: string
  /** Missing where the version has none. */
  userData?: string
}

/** What an autoscale group launches its instances from. */
export interface LaunchSpecification {
  imageId: string
  instanceType: string
  keyName?: string
  securityGroupIds: string[]
  blockDevices: BlockDevice[]
  iamInstanceProfile?: string
  metadataOptions: MetadataOptions
  userData: string
  /** Of the instances and their volumes. */
  tags: Tags
}

export interface NewTemplateVersion {
  description: string
  specification: LaunchSpecification
  /** What makes it this version and no other: the same token gives the same version, however often it is sent. */
  clientToken: string
}

export interface LaunchTemplates {
  /** The default and the latest version of every launch template of the region. */
  currentTemplateVersions(): Promise<LaunchTemplateVersion[]>
  /** All versions of one launch template up to that one, the highest first. */
  templateVersionsUpTo(templateId: string, version: number): Promise<LaunchTemplateVersion[]>
  /** Every version of the launch template of that name, the highest first; none where there is no such template. */
  templateVersions(templateName: string): Promise<LaunchTemplateVersion[]>
  /** Makes the template, with its first version. Throws PackageError (conflict, LAUNCH_TEMPLATE_EXISTS). */
  createLaunchTemplate(name: string, first: NewTemplateVersion, tags: Tags): Promise<LaunchTemplateVersion>
  createTemplateVersion(templateId: string, next: NewTemplateVersion): Promise<LaunchTemplateVersion>
  setDefaultVersion(templateId: string, version: number): Promise<void>
  /** Done also for those that do not exist any more. */
  deleteTemplateVersions(templateId: string, versions: readonly number[]): Promise<void>
  /** The names of the templates that carry all the tags. */
  launchTemplatesTagged(tags: Tags): Promise<{ id: string; name: string }[]>
  /** Done also when it does not exist any more. */
  deleteLaunchTemplate(templateId: string): Promise<void>
}
