import { systemsManagerPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const commandDifferences: Difference[] = [
  {
    at: ['commands: what became of it'],
    sandbox: '[["Success",1,1]]',
    moto: '[["Success",2,2]]',
    right: 'sandbox',
    aws: 'TargetCount: The number of targets for the command. (One instance was named; moto adds those that no target chooses, which are all.)',
    page: systemsManagerPage('Command'),
  },
  {
    at: ['commands that are refused: send one to an instance without a profile'],
    sandbox: 'InvalidInstanceId',
    moto: 'ok',
    right: 'sandbox',
    aws: "InvalidInstanceId: You don't have permission to access the managed node; SSM Agent isn't registered with the SSM endpoint; the managed node isn't in a valid state.",
    page: systemsManagerPage('SendCommand'),
  },
  {
    at: ['commands that are refused: the invocation of none'],
    sandbox: 'InvocationDoesNotExist',
    moto: 'InvalidCommandId',
    right: 'sandbox',
    aws: "InvocationDoesNotExist: The command ID and managed node ID you specified didn't match any invocations.",
    page: systemsManagerPage('GetCommandInvocation'),
  },
  {
    at: [
      '*: Command.NotificationConfig',
      '*: NotificationConfig.NotificationArn',
      '*: NotificationConfig.NotificationEvents',
      '*: NotificationConfig.NotificationType',
    ],
    sandbox: 'absent',
    moto: 'there',
    right: 'sandbox',
    aws: 'NotificationConfig: Configurations for sending notifications about command status changes. Required: No. (None was given; moto makes one up.)',
    page: systemsManagerPage('Command'),
  },
]
