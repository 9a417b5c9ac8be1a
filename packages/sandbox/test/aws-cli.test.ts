import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { folderHosts } from '../src/hosts/folder/folder-hosts.ts'
import { image, servedAccount } from './served-account.ts'
import { describeWith } from './tools.ts'

describeWith('aws', 'aws-cli drives the HTTP door', () => {
  test('it launches, waits, finds, tags, stops, starts and terminates an instance', async () => {
    const { run, ec2 } = await servedAccount()
    const account = await run('aws', ['sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'])
    expect(account).toBe('123456789012')
    const id = await launch(
      ec2,
      '1',
      '--tag-specifications',
      'ResourceType=instance,Tags=[{Key=group,Value=bee}]',
    )
    await ec2('wait', 'instance-running', '--instance-ids', id)
    await ec2('wait', 'instance-status-ok', '--instance-ids', id)
    const ofBees = [
      '--filters',
      'Name=tag:group,Values=b?e',
      'Name=instance-state-name,Values=running,stopped',
    ]
    const found = await ec2('describe-instances', ...ofBees, ...shown('[InstanceId,State.Name]'))
    expect(found).toBe(`${id}\trunning`)

    await ec2('create-tags', '--resources', id, '--tags', 'Key=Name,Value="a <&> b"', 'Key=empty,Value=')
    const names = await ec2('describe-tags', '--filters', 'Name=key,Values=Name', '--query', 'Tags[].Value')
    expect(names).toBe('a <&> b')
    await ec2('delete-tags', '--resources', id, '--tags', 'Key=empty')

    const stopping = 'StoppingInstances[].[PreviousState.Name,CurrentState.Name]'
    expect(await ec2('stop-instances', '--instance-ids', id, '--query', stopping)).toBe('running\tstopping')
    await ec2('wait', 'instance-stopped', '--instance-ids', id)
    expect(await ec2('describe-instances', ...ofBees, ...shown('[State.Code,State.Name]'))).toBe(
      '80\tstopped',
    )
    await ec2('start-instances', '--instance-ids', id)
    await ec2('terminate-instances', '--instance-ids', id)
    await ec2('wait', 'instance-terminated', '--instance-ids', id)
    expect(await ec2('describe-instances', ...ofBees, ...shown('InstanceId'))).toBe('')
  })

  test('it pages through instances, and goes on where it left off', async () => {
    const { ec2, countOf } = await servedAccount()
    await launch(ec2, '12')
    const count = ['--query', 'length(Reservations[].Instances[])']
    expect(await ec2('describe-instances', '--page-size', '5', ...count)).toBe('5\n5\n2')
    expect(countOf('DescribeInstances')).toBe(3)
    const first = await ec2('describe-instances', '--max-results', '7', '--query', 'NextToken')
    const rest = await ec2('describe-instances', '--max-results', '7', '--next-token', first, ...count)
    expect(rest).toBe('5')
  })

  test('it tells of refusals as of those of AWS', async () => {
    const { ec2 } = await servedAccount()
    await expect(ec2('describe-instances', '--instance-ids', 'i-0123456789abcdef0')).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "An error occurred (InvalidInstanceID.NotFound) when calling the DescribeInstances operation: The instance ID 'i-0123456789abcdef0' does not exist",
      ) as string,
    })
    await expect(launch(ec2, '1', '--dry-run')).rejects.toMatchObject({
      stderr: expect.stringContaining('(DryRunOperation)') as string,
    })
    await expect(ec2('describe-hosts')).rejects.toMatchObject({
      stderr: expect.stringContaining('(InvalidAction)') as string,
    })
  })

  test('it makes a load balancer, waits for it, pages, and is refused as by AWS', async () => {
    const { run, ec2 } = await servedAccount()
    const elb = (...words: string[]) => run('aws', ['elbv2', ...words, '--output', 'text'])
    const zones = ['--filters', 'Name=availability-zone,Values=us-east-1a,us-east-1b']
    const subnets = await ec2('describe-subnets', ...zones, '--query', 'Subnets[].SubnetId')
    const made = [...subnets.split(/\s+/), '--query', 'LoadBalancers[0].LoadBalancerArn']
    const arn = await elb('create-load-balancer', '--name', 'bee', '--subnets', ...made)
    await elb('wait', 'load-balancer-available', '--load-balancer-arns', arn)
    await elb('create-load-balancer', '--name', 'wasp', '--subnets', ...made)
    const states = ['--query', 'LoadBalancers[].[LoadBalancerName,State.Code,Type]']
    const seen = await elb('describe-load-balancers', '--names', 'bee', ...states)
    expect(seen).toBe('bee\tactive\tapplication')
    const names = ['--query', 'LoadBalancers[].LoadBalancerName']
    const marker = await elb('describe-load-balancers', '--page-size', '1', '--query', 'NextMarker')
    expect(await elb('describe-load-balancers', '--marker', marker, ...names)).toBe('wasp')
    const listening = ['--port', '443', '--protocol', 'HTTPS', '--default-actions', 'Type=fixed-response']
    await expect(elb('create-listener', '--load-balancer-arn', arn, ...listening)).rejects.toMatchObject({
      stderr: expect.stringContaining(
        'An error occurred (ValidationError) when calling the CreateListener operation: A certificate must be specified for HTTPS listeners',
      ) as string,
    })
    await elb('delete-load-balancer', '--load-balancer-arn', arn)
    await elb('wait', 'load-balancers-deleted', '--load-balancer-arns', arn)
  })

  test('it sends a command that really runs on the disk of a host', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'package-hosts-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { run, ec2, sandbox } = await servedAccount(100, { hosts: folderHosts({ folder }) })
    onTestFinished(() => sandbox.close())
    const ssm = (...words: string[]) => run('aws', ['ssm', ...words, '--output', 'text'])
    const id = await launch(ec2, '1', '--iam-instance-profile', 'Name=bee')
    await sandbox.advance(60_000)
    const script = [
      '--document-name',
      'AWS-RunShellScript',
      '--parameters',
      'commands=echo bee >/etc/bee,id -un',
    ]
    const sent = await ssm('send-command', '--instance-ids', id, ...script, '--query', 'Command.CommandId')
    const named = ['--command-id', sent, '--instance-id', id]
    // It looks every five seconds.
    await ssm('wait', 'command-executed', ...named)
    const seen = ['--query', '[Status,StandardOutputContent]']
    expect(await ssm('get-command-invocation', ...named, ...seen)).toBe('Success\troot')
    expect(readFileSync(join(folder, id, 'disk/etc/bee'), 'utf8')).toBe('bee\n')
    const online = ['--query', 'InstanceInformationList[].[InstanceId,PingStatus]']
    expect(await ssm('describe-instance-information', ...online)).toBe(`${id}\tOnline`)
  })

  test('it copies into a bucket, lists, fetches by a presigned URL, and removes', async () => {
    const { run } = await servedAccount(1)
    const folder = mkdtempSync(join(tmpdir(), 'package-objects-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    // Aws-cli parts what is larger than 8 MB.
    writeFileSync(from, randomBytes(7_000_000))
    const aws = (...words: string[]) => run('aws', words)
    await aws('s3', 'mb', 's3://hive')
    await aws('s3', 'cp', '--quiet', from, 's3://hive/a/b c')
    expect(await aws('s3', 'ls', 's3://hive/a/')).toMatch(/ 7000000 b c$/)
    await aws('s3', 'cp', '--quiet', 's3://hive/a/b c', to)
    expect(readFileSync(to).equals(readFileSync(from))).toBe(true)
    const small = ['--bucket', 'hive', '--key', 'small']
    await aws('s3api', 'put-object', ...small, '--body', to, '--metadata', 'bee=buzz')
    expect(await aws('s3api', 'head-object', ...small, '--query', 'Metadata.bee')).toBe('"buzz"')
    const url = await aws('s3', 'presign', 's3://hive/a/b c', '--expires-in', '60')
    const fetched = await fetch(url)
    expect(Buffer.from(await fetched.arrayBuffer()).equals(readFileSync(from))).toBe(true)
    await expect(aws('s3api', 'get-object', '--bucket', 'hive', '--key', 'none', to)).rejects.toMatchObject({
      stderr: expect.stringContaining('An error occurred (NoSuchKey)') as string,
    })
    await aws('s3', 'rm', '--quiet', '--recursive', 's3://hive')
    await aws('s3', 'rb', 's3://hive')
    expect(await aws('s3', 'ls')).toBe('')
  })

  test('the waiter for a state that can never come fails', async () => {
    const { ec2, sandbox } = await servedAccount()
    const id = await launch(ec2, '1')
    await ec2('terminate-instances', '--instance-ids', id)
    await sandbox.advance(60_000)
    await expect(ec2('wait', 'instance-running', '--instance-ids', id)).rejects.toMatchObject({
      stderr: expect.stringContaining('terminal failure state') as string,
    })
  })
})

/** The id of what was launched, or of the first of them. */
async function launch(
  ec2: (...words: string[]) => Promise<string>,
  count: string,
  ...words: string[]
): Promise<string> {
  const least = ['--image-id', image, '--instance-type', 't3.micro', '--count', count]
  return ec2('run-instances', ...least, ...words, '--query', 'Instances[0].InstanceId')
}

function shown(members: string): string[] {
  return ['--query', `Reservations[].Instances[].${members}`]
}
