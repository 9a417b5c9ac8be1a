import type { Matcher } from '@aws-sdk/client-elastic-load-balancing-v2'

import { unknownToSandbox, validationError } from '../validation-error.ts'

/** How a target group's targets are checked; times in seconds. */
export interface HealthCheck {
  protocol: string
  /** `traffic-port`, or a number. */
  port: string
  /** Of HTTP and HTTPS only, as the codes that are a success. */
  path?: string
  httpCode?: string
  interval: number
  timeout: number
  healthyThreshold: number
  unhealthyThreshold: number
}

export interface GivenHealthCheck {
  HealthCheckProtocol?: string | undefined
  HealthCheckPort?: string | undefined
  HealthCheckEnabled?: boolean | undefined
  HealthCheckPath?: string | undefined
  HealthCheckIntervalSeconds?: number | undefined
  HealthCheckTimeoutSeconds?: number | undefined
  HealthyThresholdCount?: number | undefined
  UnhealthyThresholdCount?: number | undefined
  Matcher?: Matcher | undefined
}

/** The check as it is given, with what it was before, or the usual, where nothing is given. Throws AwsError for what AWS refuses. */
export function healthCheckFrom(
  given: GivenHealthCheck,
  groupProtocol: string,
  before?: HealthCheck,
): HealthCheck {
  const isOfApplication = isHttp(groupProtocol)
  if (given.HealthCheckEnabled === false) {
    throw validationError(
      "Health checks must be enabled for target groups with target type 'instance' or 'ip'",
    )
  }
  const protocol = given.HealthCheckProtocol ?? before?.protocol ?? (isOfApplication ? 'HTTP' : 'TCP')
  const base = before ?? usualCheck(protocol, isOfApplication)
  if (!isHttp(protocol) && (isOfApplication || protocol !== 'TCP')) {
    const allowed = isOfApplication ? 'HTTP, HTTPS' : 'HTTP, HTTPS, TCP'
    throw validationError(`Health check protocol '${protocol}' must be one of '${allowed}'`)
  }
  const check: HealthCheck = {
    protocol,
    port: given.HealthCheckPort ?? base.port,
    interval: given.HealthCheckIntervalSeconds ?? base.interval,
    timeout: given.HealthCheckTimeoutSeconds ?? base.timeout,
    healthyThreshold: given.HealthyThresholdCount ?? base.healthyThreshold,
    unhealthyThreshold: given.UnhealthyThresholdCount ?? base.unhealthyThreshold,
    ...answerFrom(given, { ...base, protocol }, isOfApplication),
  }
  checkNumbers(check, isOfApplication)
  return check
}

export function isHttp(protocol: string): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS'
}

/** User Guides, "Health checks for your target groups". */
function usualCheck(protocol: string, isOfApplication: boolean): HealthCheck {
  const timeoutByNetwork = protocol === 'HTTP' ? 6 : 10
  return {
    protocol,
    port: 'traffic-port',
    interval: 30,
    timeout: isOfApplication ? 5 : timeoutByNetwork,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
  }
}

function answerFrom(
  { HealthCheckPath: path, Matcher: matcher }: GivenHealthCheck,
  base: HealthCheck,
  isOfApplication: boolean,
): Pick<HealthCheck, 'path' | 'httpCode'> {
  if (!isHttp(base.protocol)) {
    if (path === undefined && matcher === undefined) return {}
    throw validationError('Health check paths and matchers cannot be specified for TCP health checks')
  }
  checkAnswer(path, matcher, isOfApplication)
  return {
    path: path ?? base.path ?? '/',
    httpCode: matcher?.HttpCode ?? base.httpCode ?? (isOfApplication ? '200' : '200-399'),
  }
}

function checkAnswer(path: string | undefined, matcher: Matcher | undefined, isOfApplication: boolean): void {
  if (matcher?.GrpcCode !== undefined) throw unknownToSandbox('gRPC')
  if (path !== undefined && !/^\/[^\s]{0,1023}$/.test(path)) {
    throw validationError(`Health check path '${path}' must begin with '/' and have at most 1024 characters`)
  }
  if (matcher?.HttpCode !== undefined) checkCodes(matcher.HttpCode, isOfApplication ? 499 : 599)
}

function checkCodes(text: string, most: number): void {
  const codes = text.split(',').flatMap((part) => part.split('-'))
  const isRight = /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/.test(text)
  if (isRight && codes.every((code) => Number(code) >= 200 && Number(code) <= most)) return
  throw validationError(
    `Health check matcher HTTP code '${text}' must be within '200-${String(most)}' inclusive`,
  )
}

function checkNumbers(check: HealthCheck, isOfApplication: boolean): void {
  const { port, interval, timeout, healthyThreshold, unhealthyThreshold } = check
  checkBounds('healthCheckIntervalSeconds', interval, 5, 300)
  checkBounds('healthCheckTimeoutSeconds', timeout, 2, 120)
  checkBounds('healthyThresholdCount', healthyThreshold, 2, 10)
  checkBounds('unhealthyThresholdCount', unhealthyThreshold, 2, 10)
  if (isOfApplication ? timeout >= interval : timeout > interval) {
    throw validationError('Health check interval must be greater than the timeout.')
  }
  if (port !== 'traffic-port' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    throw validationError(`Health check port '${port}' must be 'traffic-port' or in range [1, 65535]`)
  }
}

/** Throws AwsError. */
export function checkBounds(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return
  const bound =
    value < least ? `greater than or equal to ${String(least)}` : `less than or equal to ${String(most)}`
  throw validationError(
    `1 validation error detected: Value '${String(value)}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
  )
}
