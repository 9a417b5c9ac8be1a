/** A version of a launch template, as far as its image goes. */
export interface LaunchTemplateVersion {
  templateId: string
  templateName: string
  version: number
  isDefault: boolean
  /** Missing where the version leaves it to whoever launches. */
  imageId?: string
}

export interface LaunchTemplates {
  /** The default and the latest version of every launch template of the region. */
  currentTemplateVersions(): Promise<LaunchTemplateVersion[]>
  /** All versions of one launch template up to that one, the highest first. */
  templateVersionsUpTo(templateId: string, version: number): Promise<LaunchTemplateVersion[]>
}
