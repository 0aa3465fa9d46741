"""Secrets in AWS Secrets Manager, read and written with the instance's role."""
import boto3


class Store:
    def __init__(self, config):
        self.client = boto3.client("secretsmanager", region_name=config["region"])

    def get(self, name):
        try:
            return self.client.get_secret_value(SecretId=name)["SecretString"]
        except self.client.exceptions.ResourceNotFoundException:
            # The secret is there, made empty by the stack, but has no value yet.
            return None

    def put(self, name, value):
        self.client.put_secret_value(SecretId=name, SecretString=value)
