import { execFileSync } from 'node:child_process'

/** A stub of moto's is a method that does nothing but say so. */
const look = `
import ast, inspect, json, sys, textwrap
from moto.autoscaling.responses import AutoScalingResponse
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.utils import camelcase_to_underscores
from moto.ec2.responses import EC2Response
from moto.elbv2.responses import ELBV2Response
from moto.ssm.responses import SimpleSystemManagerResponse
from moto.sts.responses import TokenResponse

def known(responses, operation):
    method = getattr(responses, camelcase_to_underscores(operation), None)
    if method is None:
        return False
    body = ast.parse(textwrap.dedent(inspect.getsource(method))).body[0].body
    return not (len(body) <= 3 and isinstance(body[-1], ast.Raise))

services = {
    "autoscaling": AutoScalingResponse,
    "ec2": EC2Response,
    "elasticloadbalancing": ELBV2Response,
    "monitoring": CloudWatchResponse,
    "ssm": SimpleSystemManagerResponse,
    "sts": TokenResponse,
}
asked = json.load(sys.stdin)
print(json.dumps({name: [each for each in asked[name] if known(services[name], each)] for name in asked}))
`

/** Which of these operations, by service, moto has an answer for. */
export function knownToMoto(
  operations: Readonly<Record<string, readonly string[]>>,
): Record<string, string[]> {
  const answer = execFileSync('python3', ['-c', look], { input: JSON.stringify(operations) })
  return JSON.parse(answer.toString()) as Record<string, string[]>
}
