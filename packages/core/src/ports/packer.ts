import type { Tags } from './cloud/tags.ts'

/** One image to be built. */
export interface ImageBuild {
  group: string
  region: string
  /** The committed template, relative to the project. */
  templatePath: string
  /** Where what Packer reads in its place is kept while it builds, relative to the project; of this run alone. */
  derivedPath: string
  /** Put on the image, its snapshots and all that the build makes on the way, beside the template's own. */
  tags: Tags
  /** What Packer calls the key pair that it makes for the build: it tags none. */
  keyPairName: string
  /** Where everything that Packer says is kept, relative to the project. */
  logPath: string
}

/** HashiCorp Packer, as it is found on this machine. */
export interface Packer {
  /** Throws PackageError (config) with the command that installs it, or its Amazon plugin, where one is missing or too old. */
  version(): Promise<string>
  /**
   * Builds the image and gives its id. Tells what Packer says, line by line, as it says it. Ctrl-C lets Packer clean up first.
   * Throws PackageError: system where the build fails, with Packer's last words; timeout where it gives up waiting; cancelled.
   */
  build(build: ImageBuild, onLine: (line: string) => void): Promise<string>
}
