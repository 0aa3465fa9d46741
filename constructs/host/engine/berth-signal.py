"""Tells the CloudFormation stack that waits for this machine that its models answer."""
import json
import sys

import boto3

with open(sys.argv[1], encoding="utf-8") as file:
    store = json.load(file)["store"]
with open("/var/lib/cloud/data/instance-id", encoding="ascii") as file:
    instance = file.read().strip()
boto3.client("cloudformation", region_name=store["region"]).signal_resource(
    StackName=store["signal"]["stack"],
    LogicalResourceId=store["signal"]["resource"],
    UniqueId=instance,
    Status="SUCCESS",
)
