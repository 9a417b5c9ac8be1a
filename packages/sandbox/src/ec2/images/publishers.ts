import type { Image } from './image.ts'

/** Whoever publishes images: what they all have in common. */
export interface Publisher {
  ownerId: string
  ownerAlias?: string
  user: string
  rootDeviceName: string
  imdsSupport?: 'v2.0'
}

export const publishers = {
  canonical: {
    ownerId: '099720109477',
    user: 'ubuntu',
    rootDeviceName: '/dev/sda1',
  },
  amazon: {
    ownerId: '137112412989',
    ownerAlias: 'amazon',
    user: 'ec2-user',
    rootDeviceName: '/dev/xvda',
    imdsSupport: 'v2.0',
  },
  debian: {
    ownerId: '136693071363',
    user: 'admin',
    rootDeviceName: '/dev/xvda',
  },
} as const satisfies Record<string, Publisher>

/** What all images of a publisher have. */
export function publicImage(
  publisher: Publisher,
  architecture: Image['architecture'],
): Omit<Image, 'imageId' | 'name' | 'description' | 'blockDevices' | 'createdAt' | 'availableAt'> {
  return {
    ...publisher,
    architecture,
    isPublic: true,
    launchPermissions: [],
    platformDetails: 'Linux/UNIX',
    bootMode: architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
  }
}
