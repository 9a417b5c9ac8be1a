/** The region that the environment or the profile names, as the SDKs look for it; undefined where neither does. */
export async function usualRegion(profile: string | undefined): Promise<string | undefined> {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_PROFILE } = process.env
  const named = AWS_REGION ?? AWS_DEFAULT_REGION
  if (named !== undefined && named !== '') return named
  const { loadSharedConfigFiles } = await import('@smithy/core/config')
  const { configFile } = await loadSharedConfigFiles()
  return configFile[profile ?? AWS_PROFILE ?? 'default']?.['region']
}
