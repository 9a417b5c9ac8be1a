import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'

export interface LaunchTemplate {
  launchTemplateId: string
  name: string
  /** Milliseconds since 1970, as all times here. */
  createdAt: number
  defaultVersion: number
  /** How many versions were ever made: numbers are not given twice. */
  versionsMade: number
  /** By their numbers. */
  versions: Record<string, LaunchTemplateVersion>
}

export interface LaunchTemplateVersion {
  number: number
  description?: string
  createdAt: number
  /** As it was given, with that of its source version below it. */
  data: RequestLaunchTemplateData
}
