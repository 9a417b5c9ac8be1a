import type { Scenario } from '../scenario.ts'

export const identityScenarios: Scenario[] = [
  {
    name: 'identity',
    async play(caller) {
      await caller.asksWhoItIs('who am I', ({ Account, Arn }) => [Account, Arn?.split('/')[0]])
    },
  },
]
