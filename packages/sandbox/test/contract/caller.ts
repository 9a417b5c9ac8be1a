import type {
  AutoScalingClient,
  ServiceInputTypes as AutoScalingInputTypes,
  ServiceOutputTypes as AutoScalingOutputTypes,
} from '@aws-sdk/client-auto-scaling'
import type {
  CloudWatchClient,
  ServiceInputTypes as CloudWatchInputTypes,
  ServiceOutputTypes as CloudWatchOutputTypes,
} from '@aws-sdk/client-cloudwatch'
import type { EC2Client, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-ec2'
import type {
  ElasticLoadBalancingV2Client,
  ServiceInputTypes as BalancingInputTypes,
  ServiceOutputTypes as BalancingOutputTypes,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {
  ServiceInputTypes as SsmInputTypes,
  ServiceOutputTypes as SsmOutputTypes,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, type GetCallerIdentityResponse, type STSClient } from '@aws-sdk/client-sts'
import type { StaticOperationSchema } from '@smithy/types'

import type { Sent, SentToAgents, SentToAlarms, SentToBalancers, SentToGroups } from './sent.ts'
import { shapeOf, type Shape } from './shape.ts'

export interface Clients {
  autoscaling: AutoScalingClient
  cloudwatch: CloudWatchClient
  ec2: EC2Client
  elbv2: ElasticLoadBalancingV2Client
  ssm: SSMClient
  sts: STSClient
}

/** A call of a scenario, and what came of it. */
export interface Step {
  name: string
  operation: string
  /** The code of AWS's refusal, or `ok`: what AWS's documentation says comes of it. */
  expected: string
  outcome: string
  shape: Shape
  /** What the scenario wants to be alike beside the shape: states, names, counts. */
  facts: unknown
}

/** The scenario cannot go on with one of the two; what it did is in the steps. */
export class CannotGoOn extends Error {}

/** An AWS that a scenario is played to, and what it answered. */
export class Caller {
  readonly steps: Step[] = []
  /** Lets enough time pass for whatever is under way to be done. */
  readonly passTime: () => Promise<void>
  readonly #clients: Clients

  constructor(clients: Clients, passTime: () => Promise<void>) {
    this.#clients = clients
    this.passTime = passTime
  }

  /** A call that succeeds, and what of its answer has to be alike. */
  async does<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    name: string,
    command: Sent<I, O>,
    facts: (output: O) => unknown = () => undefined,
  ): Promise<O> {
    return this.#succeed(name, command, () => this.#clients.ec2.send(command), facts)
  }

  /** The same of a call of Auto Scaling. */
  async scales<I extends AutoScalingInputTypes, O extends AutoScalingOutputTypes>(
    name: string,
    command: SentToGroups<I, O>,
    facts: (output: O) => unknown = () => undefined,
  ): Promise<O> {
    return this.#succeed(name, command, () => this.#clients.autoscaling.send(command), facts)
  }

  /** The same of a call of Elastic Load Balancing. */
  async balances<I extends BalancingInputTypes, O extends BalancingOutputTypes>(
    name: string,
    command: SentToBalancers<I, O>,
    facts: (output: O) => unknown = () => undefined,
  ): Promise<O> {
    return this.#succeed(name, command, () => this.#clients.elbv2.send(command), facts)
  }

  /** The same of a call of CloudWatch. */
  async watches<I extends CloudWatchInputTypes, O extends CloudWatchOutputTypes>(
    name: string,
    command: SentToAlarms<I, O>,
    facts: (output: O) => unknown = () => undefined,
  ): Promise<O> {
    return this.#succeed(name, command, () => this.#clients.cloudwatch.send(command), facts)
  }

  /** The same of a call of Systems Manager. */
  async commands<I extends SsmInputTypes, O extends SsmOutputTypes>(
    name: string,
    command: SentToAgents<I, O>,
    facts: (output: O) => unknown = () => undefined,
  ): Promise<O> {
    return this.#succeed(name, command, () => this.#clients.ssm.send(command), facts)
  }

  /** STS's one call. */
  async asksWhoItIs(
    name: string,
    facts: (identity: GetCallerIdentityResponse) => unknown,
  ): Promise<GetCallerIdentityResponse> {
    const command = new GetCallerIdentityCommand()
    return this.#succeed(name, command, () => this.#clients.sts.send(command), facts)
  }

  /** A call that is refused with this code. */
  async refuses<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    name: string,
    code: string,
    command: Sent<I, O>,
  ): Promise<void> {
    await this.#refuse(name, code, command, () => this.#clients.ec2.send(command))
  }

  /** The same of a call of Auto Scaling. */
  async refusesToScale<I extends AutoScalingInputTypes, O extends AutoScalingOutputTypes>(
    name: string,
    code: string,
    command: SentToGroups<I, O>,
  ): Promise<void> {
    await this.#refuse(name, code, command, () => this.#clients.autoscaling.send(command))
  }

  /** The same of a call of Elastic Load Balancing. */
  async refusesToBalance<I extends BalancingInputTypes, O extends BalancingOutputTypes>(
    name: string,
    code: string,
    command: SentToBalancers<I, O>,
  ): Promise<void> {
    await this.#refuse(name, code, command, () => this.#clients.elbv2.send(command))
  }

  /** The same of a call of CloudWatch. */
  async refusesToWatch<I extends CloudWatchInputTypes, O extends CloudWatchOutputTypes>(
    name: string,
    code: string,
    command: SentToAlarms<I, O>,
  ): Promise<void> {
    await this.#refuse(name, code, command, () => this.#clients.cloudwatch.send(command))
  }

  /** The same of a call of Systems Manager. */
  async refusesToCommand<I extends SsmInputTypes, O extends SsmOutputTypes>(
    name: string,
    code: string,
    command: SentToAgents<I, O>,
  ): Promise<void> {
    await this.#refuse(name, code, command, () => this.#clients.ssm.send(command))
  }

  async #refuse(name: string, code: string, command: object, send: () => Promise<unknown>): Promise<void> {
    const step = this.#step(name, command, code)
    try {
      await send()
    } catch (error) {
      step.outcome = codeOf(error)
    }
  }

  async #succeed<O>(
    name: string,
    command: object,
    send: () => Promise<O>,
    facts: (output: O) => unknown,
  ): Promise<O> {
    const step = this.#step(name, command, 'ok')
    try {
      const output = await send()
      step.shape = shapeOf(schemaOf(command)[5], output)
      step.facts = facts(output)
      return output
    } catch (error) {
      step.outcome = codeOf(error)
      throw new CannotGoOn(`${name}: ${String(error)}`, { cause: error })
    }
  }

  #step(name: string, command: object, expected: string): Step {
    const step: Step = {
      name,
      operation: schemaOf(command)[2],
      expected,
      outcome: 'ok',
      shape: {},
      facts: undefined,
    }
    this.steps.push(step)
    return step
  }
}

function schemaOf(command: object): StaticOperationSchema {
  return (command as { schema: StaticOperationSchema }).schema
}

/** The SDK keeps AWS's code as `Code`, and as `name` where it has made an error class of it. */
function codeOf(error: unknown): string {
  const { Code, name } = error as { Code?: string; name?: string }
  return Code ?? name ?? String(error)
}
