"""Secrets in AWS Secrets Manager, read and written with the instance's role."""
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

# A role that was just given acts after a while; until then it is answered like none.
PASSING = ("AccessDenied", "ExpiredToken", "InternalService", "RequestExpired", "ServiceUnavailable", "Throttl", "UnrecognizedClient")


class Passing(Exception):
    """What may be otherwise in a while."""


class Store:
    def __init__(self, config):
        self.client = boto3.client("secretsmanager", region_name=config["region"], endpoint_url=config.get("endpoint"))

    def call(self, action, **words):
        try:
            return action(**words)
        except ClientError as error:
            said = error.response.get("Error", {})
            code = said.get("Code", "")
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            if code.startswith(PASSING) or status >= 500:
                raise Passing("Secrets Manager answers %s" % code) from error
            if code == "ResourceNotFoundException":
                return None
            sys.exit("berth-secrets: Secrets Manager answers %s: %s" % (code, said.get("Message", "")[:300]))
        except BotoCoreError as error:
            raise Passing("Secrets Manager or the instance's role does not answer: %s" % error) from error

    def get(self, name):
        # The secret is there, made empty by the stack, but may have no value yet.
        answer = self.call(self.client.get_secret_value, SecretId=name)
        return None if answer is None else answer["SecretString"]

    def put(self, name, value):
        if self.call(self.client.put_secret_value, SecretId=name, SecretString=value) is None:
            raise Passing("Secrets Manager has no secret %s" % name)
