import { planOnly } from '../../action.ts'

/** Taken by every action that brings a new version up. */
export const rolloutOptions = {
  'keep-failed': { type: 'boolean', summary: 'Keep a version that did not get healthy, to look at it' },
  takeover: { type: 'boolean', summary: 'Take over what another run is at work on, or was' },
  ...planOnly,
} as const

/** Groups that are acted on at the same time. */
export const mostAtOnce = 8
