/** The AWS that Packer works on, as it must be told of it. */
export interface BuildPlace {
  /** Members of every builder that only this AWS needs; never in the committed template. */
  builder: Readonly<Record<string, unknown>>
  /** The whole environment of Packer: its only source of credentials. */
  environment: NodeJS.ProcessEnv
}

/** The operator's AWS, as the environment and --profile say. */
export function awsPlace(inherited: NodeJS.ProcessEnv, profile: string | undefined): BuildPlace {
  // Packer knows neither variable, and would build in the real account.
  const endpoint = inherited['AWS_ENDPOINT_URL_EC2'] ?? inherited['AWS_ENDPOINT_URL']
  return {
    builder: endpoint === undefined || endpoint === '' ? {} : { custom_endpoint_ec2: endpoint },
    environment: profile === undefined ? inherited : withProfile(inherited, profile),
  }
}

/** A sandbox that answers at `url`. Nothing of the operator's own AWS gets there. */
export function sandboxPlace(inherited: NodeJS.ProcessEnv, url: string, sshPort: number): BuildPlace {
  const others = Object.entries(inherited).filter(([name]) => !name.startsWith('AWS_'))
  return {
    builder: {
      custom_endpoint_ec2: url,
      ssh_port: sshPort,
      skip_region_validation: true,
      skip_metadata_api_check: true,
    },
    environment: {
      ...Object.fromEntries(others),
      AWS_ACCESS_KEY_ID: 'sandbox',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_POLL_DELAY_SECONDS: '1',
      // Enough for a sandbox that is served at the usual speed.
      AWS_MAX_ATTEMPTS: '45',
    },
  }
}

/** Packer takes keys of the environment before a profile, unlike the rest of the tool. */
function withProfile(inherited: NodeJS.ProcessEnv, profile: string): NodeJS.ProcessEnv {
  const keys = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
  const others = Object.entries(inherited).filter(([name]) => !keys.has(name))
  return { ...Object.fromEntries(others), AWS_PROFILE: profile, AWS_SDK_LOAD_CONFIG: '1' }
}
