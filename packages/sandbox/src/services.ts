import { autoscaling } from './autoscaling/autoscaling.ts'
import { cloudwatch } from './cloudwatch/cloudwatch.ts'
import { ec2 } from './ec2/ec2.ts'
import { elbv2 } from './elbv2/elbv2.ts'
import type { Service } from './operation.ts'
import { s3 } from './s3/s3.ts'
import { ssm } from './ssm/ssm.ts'
import { sts } from './sts/sts.ts'

/** The services that the sandbox knows, by the names that requests are signed for. */
export const services: ReadonlyMap<string, Service> = new Map(
  [autoscaling, cloudwatch, ec2, elbv2, s3, ssm, sts].map((each) => [each.name, each]),
)
