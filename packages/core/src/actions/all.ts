import type { Action } from '../action.ts'

type Loader = () => Promise<readonly Action[]>

/** The actions of each namespace, in the order that help lists them; only those of the one that is asked for are loaded. */
const namespaces: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  ['project', async () => (await import('./project/actions.ts')).projectActions],
  ['nodes', async () => (await import('./nodes/actions.ts')).nodesActions],
  ['role', async () => (await import('./role/actions.ts')).roleActions],
  ['databag', async () => (await import('./databag/actions.ts')).databagActions],
  ['packer', async () => (await import('./packer/actions.ts')).packerActions],
  ['autoscale', async () => (await import('./autoscale/actions.ts')).autoscaleActions],
  ['security', async () => (await import('./security/actions.ts')).securityActions],
  ['instance', async () => (await import('./instance/actions.ts')).instanceActions],
  ['sandbox', async () => (await import('./sandbox/actions.ts')).sandboxActions],
])

/** Namespaces by the names that they are also called. */
const otherNames: ReadonlyMap<string, string> = new Map([['roles', 'role']])

/** Every action, in the order that help lists them. */
export async function allActions(): Promise<readonly Action[]> {
  return (await Promise.all([...namespaces.values()].map((load) => load()))).flat()
}

/** The action of that name or alias. */
export async function findAction(name: string): Promise<Action | undefined> {
  const [namespace = ''] = name.split(':')
  const actions = await namespaces.get(otherNames.get(namespace) ?? namespace)?.()
  return actions?.find((action) => action.name === name || action.aliases?.includes(name))
}
