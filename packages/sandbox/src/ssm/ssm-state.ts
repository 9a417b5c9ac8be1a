import type { Command } from './commands/command.ts'

/** Systems Manager's resources of one region. */
export interface SsmState {
  /** By their ids, the oldest first. */
  commands: Record<string, Command>
}

export function newSsmState(): SsmState {
  return { commands: {} }
}
