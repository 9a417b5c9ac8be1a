"""Puts an instance behind a load balancer as any boto3 program would, and prints what came of it as JSON."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

image = sys.argv[1]
ec2 = boto3.client("ec2")
elb = boto3.client("elbv2")
seen = {}

zones = [{"Name": "availability-zone", "Values": ["us-east-1a", "us-east-1b"]}]
subnets = ec2.describe_subnets(Filters=zones)["Subnets"]
balancer = elb.create_load_balancer(Name="bee", Subnets=[each["SubnetId"] for each in subnets])["LoadBalancers"][0]
group = elb.create_target_group(
    Name="bee",
    Protocol="HTTP",
    Port=9984,
    VpcId=subnets[0]["VpcId"],
    HealthCheckIntervalSeconds=6,
    HealthCheckTimeoutSeconds=2,
    HealthyThresholdCount=2,
)["TargetGroups"][0]
forward = {"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}
elb.create_listener(
    LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=[forward]
)
elb.get_waiter("load_balancer_available").wait(
    LoadBalancerArns=[balancer["LoadBalancerArn"]], WaiterConfig={"Delay": 1, "MaxAttempts": 30}
)
seen["state"] = elb.describe_load_balancers(Names=["bee"])["LoadBalancers"][0]["State"]["Code"]

launched = ec2.run_instances(
    ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnets[0]["SubnetId"]
)
target = {"Id": launched["Instances"][0]["InstanceId"]}
ec2.get_waiter("instance_running").wait(
    InstanceIds=[target["Id"]], WaiterConfig={"Delay": 1, "MaxAttempts": 30}
)
named = {"TargetGroupArn": group["TargetGroupArn"], "Targets": [target]}
elb.register_targets(**named)
elb.get_waiter("target_in_service").wait(**named, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
elb.modify_target_group_attributes(
    TargetGroupArn=group["TargetGroupArn"],
    Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "20"}],
)
elb.deregister_targets(**named)
seen["health"] = elb.describe_target_health(**named)["TargetHealthDescriptions"][0]["TargetHealth"]["State"]
elb.get_waiter("target_deregistered").wait(**named, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
try:
    elb.delete_target_group(TargetGroupArn=group["TargetGroupArn"])
except ClientError as error:
    seen["refusal"] = error.response["Error"]["Code"]
elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
elb.get_waiter("load_balancers_deleted").wait(
    LoadBalancerArns=[balancer["LoadBalancerArn"]], WaiterConfig={"Delay": 1, "MaxAttempts": 30}
)
elb.delete_target_group(TargetGroupArn=group["TargetGroupArn"])

print(json.dumps(seen))
