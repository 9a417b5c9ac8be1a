/**
 * The permission bits that a file of a machine gets. None that would let it run as somebody else on this machine, and
 * always those without which the disk cannot be copied or removed.
 */
export function permissionsOnDisk(mode: number, kind: 'file' | 'folder'): number {
  return (mode & 0o777) | (kind === 'folder' ? 0o700 : 0o600)
}
