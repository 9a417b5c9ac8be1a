import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { expect, onTestFinished, test } from 'vitest'

import { serveHttp } from '../src/doors/http-server.ts'
import { testAccount } from './test-account.ts'
import { describeWith } from './tools.ts'

/** An account behind the HTTP door, and aws-cli for it, which speaks the query protocol where the SDK speaks JSON. */
async function servedAccount() {
  const { sandbox } = testAccount()
  const door = await serveHttp(sandbox, 0)
  onTestFinished(() => door.close())
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ENDPOINT_URL: door.url,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_MAX_ATTEMPTS: '1',
  }
  const run = async (words: string) => {
    const { stdout } = await promisify(execFile)(
      'aws',
      ['cloudwatch', ...words.split(' '), '--output', 'text'],
      {
        env,
      },
    )
    return stdout.trim()
  }
  const sdk = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: door.url,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  return { run, sdk }
}

describeWith('aws', 'CloudWatch over HTTP', () => {
  test('aws-cli and the SDK see the same alarms', async () => {
    const { run, sdk } = await servedAccount()
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
    const { run, sdk } = await servedAccount()
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
