/** A file that is on no disk. */
export interface Device {
  read(): Buffer
  write(data: Buffer): Promise<void>
}
