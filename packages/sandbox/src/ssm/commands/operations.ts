import {
  CancelCommand$,
  GetCommandInvocation$,
  ListCommandInvocations$,
  ListCommands$,
  SendCommand$,
} from '@aws-sdk/client-ssm'

import { operation } from '../../operation.ts'
import { cancelCommand } from './cancel-command.ts'
import { getCommandInvocation } from './get-command-invocation.ts'
import { listCommandInvocations } from './list-command-invocations.ts'
import { listCommands } from './list-commands.ts'
import { sendCommand } from './send-command.ts'

export const commandOperations = [
  operation(SendCommand$, sendCommand),
  operation(ListCommands$, listCommands),
  operation(ListCommandInvocations$, listCommandInvocations),
  operation(GetCommandInvocation$, getCommandInvocation),
  operation(CancelCommand$, cancelCommand),
]
