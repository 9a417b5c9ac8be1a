/** Pages of AWS's documentation that the differences are judged by. */
export const errorCodes = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html'

export function action(name: string): string {
  return `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${name}.html`
}

/** A data type has a page of the same form. */
export const dataType = action
