import type { SendCommandRequest } from '@aws-sdk/client-ssm'

import { AwsError } from '../../aws-error.ts'
import { constraintError } from '../ssm-errors.ts'
import type { Command } from './command.ts'

/** What the document is given, with its own defaults: all but `commands` have one. */
const defaults: Readonly<Record<string, string[]>> = { workingDirectory: [''], executionTimeout: ['3600'] }

/** The document's own pattern: from a second to two days. */
const executionTimeouts = /^([1-9]\d{0,4}|1[0-6]\d{4}|17[01]\d{3}|172[0-7]\d{2}|172800)$/

type GivenDocument = Pick<Command, 'documentName' | 'documentVersion' | 'parameters' | 'executionTimeout'>

/** AWS-RunShellScript with its parameters. Throws AwsError for another document, and for parameters that it does not take. */
export function givenDocument(input: SendCommandRequest): GivenDocument {
  const { DocumentName: documentName, DocumentVersion, Parameters: given = {} } = input
  if (documentName === undefined) throw constraintError(null, 'documentName', 'Member must not be null')
  const name = documentName.replace(/^arn:aws[^:]*:ssm:[^:]*:[^:]*:document\//, '')
  // The one document that the sandbox has.
  if (name !== 'AWS-RunShellScript') throw new AwsError('InvalidDocument', '')
  const parameters: Record<string, string[]> = { ...defaults, ...given }
  const unknown = Object.keys(parameters).find((each) => !(each in defaults) && each !== 'commands')
  if (unknown !== undefined) throw invalidParameters(`Parameter "${unknown}" is not defined in the document.`)
  const { commands = [], executionTimeout: [timeout = ''] = [] } = parameters
  if (commands.length === 0) throw invalidParameters('Parameter "commands" requires at least one value.')
  if (!executionTimeouts.test(timeout)) {
    throw invalidParameters(`Parameter "executionTimeout" has an invalid value: ${timeout}`)
  }
  return {
    documentName,
    documentVersion: DocumentVersion ?? '$DEFAULT',
    parameters,
    executionTimeout: Number(timeout),
  }
}

function invalidParameters(message: string): AwsError {
  return new AwsError('InvalidParameters', message)
}
