import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'

import { servedAccount } from './served-account.ts'
import { describeWith } from './tools.ts'

/** CloudWatch of a served account, by aws-cli, which speaks the query protocol where the SDK speaks JSON, and by the SDK. */
async function watchedAccount() {
  const { run, url } = await servedAccount(1)
  const sdk = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  return { run: (words: string) => run('aws', ['cloudwatch', ...words.split(' '), '--output', 'text']), sdk }
}

describeWith('aws', 'CloudWatch over HTTP', () => {
  test('aws-cli and the SDK see the same alarms', async () => {
    const { run, sdk } = await watchedAccount()
    const alarm =
      '--namespace bee --metric-name Queue --dimensions Name=hive,Value=1 --statistic Average --period 60 --evaluation-periods 2 --threshold 50.5 --comparison-operator GreaterThanThreshold'
    await run(`put-metric-alarm --alarm-name busy ${alarm}`)
    const { MetricAlarms } = await sdk.send(new DescribeAlarmsCommand({}))
    expect(MetricAlarms).toMatchObject([
      { AlarmName: 'busy', Threshold: 50.5, Dimensions: [{ Name: 'hive', Value: '1' }] },
    ])
    expect(MetricAlarms?.[0]?.StateUpdatedTimestamp).toBeInstanceOf(Date)
    await sdk.send(
      new SetAlarmStateCommand({ AlarmName: 'busy', StateValue: 'ALARM', StateReason: 'a test' }),
    )
    const query = '--query MetricAlarms[].[AlarmName,StateValue,StateReason,Dimensions[0].Value]'
    expect(await run(`describe-alarms ${query}`)).toBe('busy\tALARM\ta test\t1')
    await run('put-metric-data --namespace bee --metric-name Queue --dimensions hive=1 --value 3')
  })

  test('both tell of a refusal as of one of AWS', async () => {
    const { run, sdk } = await watchedAccount()
    const set = { AlarmName: 'calm', StateValue: 'OK', StateReason: 'none' } as const
    await expect(sdk.send(new SetAlarmStateCommand(set))).rejects.toMatchObject({
      name: 'ResourceNotFound',
      $metadata: { httpStatusCode: 404 },
    })
    await expect(
      run('set-alarm-state --alarm-name calm --state-value OK --state-reason none'),
    ).rejects.toMatchObject({ stderr: expect.stringContaining('(ResourceNotFound)') as string })
  })
})
