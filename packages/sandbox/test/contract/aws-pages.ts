/** Pages of AWS's documentation that the differences are judged by. */
export const errorCodes = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html'

/** The page of an action or of a data type. */
export function apiPage(name: string): string {
  return `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${name}.html`
}

/** The same of Elastic Load Balancing. */
export function balancingPage(name: string): string {
  return `https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_${name}.html`
}

/** The same of CloudWatch. */
export function alarmPage(name: string): string {
  return `https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${name}.html`
}

/** The same of Auto Scaling. */
export function scalingPage(name: string): string {
  return `https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_${name}.html`
}

/** The same of Systems Manager. */
export function systemsManagerPage(name: string): string {
  return `https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_${name}.html`
}
