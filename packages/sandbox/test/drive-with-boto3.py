"""Uses the endpoint of the environment as any boto3 program would, and prints what came of it as JSON."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

image, count = sys.argv[1], int(sys.argv[2])
ec2 = boto3.client("ec2")
resources = boto3.resource("ec2")
seen = {"account": boto3.client("sts").get_caller_identity()["Account"]}


def state_of(instance):
    return [instance["State"]["Code"], instance["State"]["Name"]]


launched = ec2.run_instances(
    ImageId=image,
    InstanceType="t3.micro",
    MinCount=count,
    MaxCount=count,
    UserData="#!/bin/sh\necho '<bee> & \"wasp\"'\n",
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "group", "Value": "bée"}]}],
)["Instances"]
seen["launched"] = state_of(launched[0])
ids = [each["InstanceId"] for each in launched]

ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
of_group = [{"Name": "tag:group", "Values": ["b*"]}, {"Name": "instance-state-name", "Values": ["running"]}]
pages = ec2.get_paginator("describe_instances").paginate(Filters=of_group, PaginationConfig={"PageSize": 5})
seen["pages"] = [sum(len(each["Instances"]) for each in page["Reservations"]) for page in pages]
seen["tags"] = resources.Instance(ids[0]).tags

resources.Instance(ids[0]).create_tags(Tags=[{"Key": "Name", "Value": ""}])
found = ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [ids[0]]}])["Tags"]
seen["keys"] = sorted(each["Key"] for each in found)
data = ec2.describe_instance_attribute(InstanceId=ids[0], Attribute="userData")["UserData"]["Value"]
seen["user data"] = data

one = resources.Instance(ids[0])
one.stop()
ec2.get_waiter("instance_stopped").wait(InstanceIds=[one.id], WaiterConfig={"Delay": 1, "MaxAttempts": 30})
one.reload()
seen["stopped"] = one.state["Name"]
resources.instances.filter(Filters=[{"Name": "tag-key", "Values": ["group"]}]).terminate()
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 30})

try:
    ec2.start_instances(InstanceIds=["i-0123456789abcdef0"])
except ClientError as error:
    seen["refusal"] = [error.response["Error"], error.response["ResponseMetadata"]["HTTPStatusCode"]]

print(json.dumps(seen))
