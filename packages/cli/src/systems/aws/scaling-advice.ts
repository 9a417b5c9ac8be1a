import type { AdviceRule } from './advice-rule.ts'

/** Of autoscale groups and launch templates (API Reference of Amazon EC2 Auto Scaling, "Common Errors"). */
export const scalingAdvice: readonly AdviceRule[] = [
  {
    codes: /^AlreadyExists$/,
    kind: 'conflict',
    code: 'SCALING_GROUP_EXISTS',
    hint: 'another run has made it at the same time: run the same command again',
  },
  {
    codes: /^InvalidLaunchTemplateName\.AlreadyExistsException$/,
    kind: 'conflict',
    code: 'LAUNCH_TEMPLATE_EXISTS',
    hint: 'another run has made it at the same time: run the same command again',
  },
  {
    codes: /^(ResourceInUse|ScalingActivityInProgress)$/,
    message: /AutoScaling ?Group|activit/i,
    kind: 'conflict',
    code: 'SCALING_GROUP_BUSY',
    hint: 'it still has instances or an activity: wait a minute and run the same command again',
  },
  {
    codes: /^ValidationError$/,
    message: /\bgroup\b.*not found|AutoScalingGroup name not found|pending delete/i,
    kind: 'conflict',
    code: 'SCALING_GROUP_GONE',
    hint: 'it was deleted meanwhile: run the same command again',
  },
  {
    codes: /^ValidationError$/,
    message: /\b(AMI|image id)\b.*does not exist/i,
    kind: 'conflict',
    code: 'IMAGE_GONE',
    hint: 'somebody has deregistered the image of that version: package packer:run builds another, package autoscale:update launches the newest',
  },
]
