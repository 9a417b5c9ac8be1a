"""
moto's server with what the actions ask of groups and moto 5.2 lacks: names that are taken, groups that are busy, the ARN and the
alarms of a policy, hooks that a group is made with and that announce nothing, no notifications, the user data of
further versions of a launch template, and the deletion of versions.
"""

from moto.autoscaling import models
from moto.autoscaling.exceptions import AutoscalingClientError
from moto.autoscaling.responses import AutoScalingResponse
from moto.cloudwatch.models import cloudwatch_backends
from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.ec2.models.launch_templates import LaunchTemplateBackend, LaunchTemplateVersion
from moto.ec2.responses.launch_templates import LaunchTemplates
from moto.server import main


class AlreadyExists(AutoscalingClientError):
    code = "AlreadyExists"


class ResourceInUse(AutoscalingClientError):
    code = "ResourceInUse"


def alarms(policy):
    backend = policy.autoscaling_backend
    known = cloudwatch_backends[backend.account_id][backend.region_name].alarms.values()
    return [
        {"AlarmName": alarm.name, "AlarmARN": alarm.alarm_arn}
        for alarm in known
        if policy.arn in alarm.alarm_actions
    ]


put_scaling_policy = AutoScalingResponse.put_scaling_policy
create_auto_scaling_group = AutoScalingResponse.create_auto_scaling_group
delete_auto_scaling_group = AutoScalingResponse.delete_auto_scaling_group
describe_versions = LaunchTemplateBackend.describe_launch_template_versions
init_version = LaunchTemplateVersion.__init__
init_hook = models.LifecycleHook.__init__


def put_scaling_policy_with_arn(self):
    return ActionResult({"PolicyARN": put_scaling_policy(self).result["PolicyArn"]})


def create_with_hooks(self):
    name = self._get_param("AutoScalingGroupName")
    if name in self.autoscaling_backend.autoscaling_groups:
        raise AlreadyExists("AutoScalingGroup by this name already exists - A group with the name " + name + " already exists")
    answer = create_auto_scaling_group(self)
    for hook in self._get_params().get("LifecycleHookSpecificationList", []):
        self.autoscaling_backend.create_lifecycle_hook(
            hook["LifecycleHookName"],
            name,
            hook["LifecycleTransition"],
            hook.get("HeartbeatTimeout"),
            hook.get("DefaultResult"),
        )
    return answer


def delete_empty_group(self):
    group = self.autoscaling_backend.autoscaling_groups.get(self._get_param("AutoScalingGroupName"))
    if group and group.instance_states and not self._get_bool_param("ForceDelete"):
        raise ResourceInUse("You cannot delete an AutoScalingGroup while there are instances still in the group.")
    return delete_auto_scaling_group(self)


def init_silent_hook(self, *arguments):
    init_hook(self, *arguments)
    self.role_arn = self.notification_target_arn = None


def init_version_with_user_data(self, template, number, data, description):
    user_data = data.get("UserData")
    if isinstance(user_data, str):
        data["UserData"] = Base64EncodedString(user_data)
    init_version(self, template, number, data, description)


def delete_versions(self):
    template = self.ec2_backend.get_launch_template(self._get_param("LaunchTemplateId"))
    versions = [int(version) for version in self._get_param("Versions", [])]
    template.gone = getattr(template, "gone", set()) | set(versions)
    return ActionResult(
        {
            "SuccessfullyDeletedLaunchTemplateVersions": [
                {"LaunchTemplateId": template.id, "VersionNumber": version} for version in versions
            ]
        }
    )


def describe_kept_versions(self, *arguments, **named):
    found = describe_versions(self, *arguments, **named)
    return [(template, each) for template, each in found if each.number not in getattr(template, "gone", set())]


models.FakeScalingPolicy.alarms = property(alarms)
LaunchTemplateVersion.__init__ = init_version_with_user_data
models.LifecycleHook.__init__ = init_silent_hook
AutoScalingResponse.put_scaling_policy = put_scaling_policy_with_arn
AutoScalingResponse.create_auto_scaling_group = create_with_hooks
AutoScalingResponse.delete_auto_scaling_group = delete_empty_group
AutoScalingResponse.describe_notification_configurations = lambda self: ActionResult({"NotificationConfigurations": []})
LaunchTemplates.delete_launch_template_versions = delete_versions
LaunchTemplateBackend.describe_launch_template_versions = describe_kept_versions

if __name__ == "__main__":
    main()
