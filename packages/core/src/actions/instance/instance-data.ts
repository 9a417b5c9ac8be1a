import { nameOf } from '../../instances/group-instances.ts'
import type { Instance } from '../../ports/cloud/instances.ts'

/** An instance as `--output json` gives it. */
export interface InstanceData {
  group: string
  name: string
  id: string
  state: string
  type: string
  zone: string
  private_ip: string | null
  public_ip: string | null
  image: string
  launched_at: string
}

export function instanceData(instance: Instance): InstanceData {
  const { id, state, type, zone, privateIp = null, publicIp = null, imageId, launchedAt, tags } = instance
  return {
    group: tags['group'] ?? '',
    name: nameOf(instance),
    id,
    state,
    type,
    zone,
    private_ip: privateIp,
    public_ip: publicIp,
    image: imageId,
    launched_at: launchedAt,
  }
}
