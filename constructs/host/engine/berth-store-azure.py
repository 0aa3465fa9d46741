"""Secrets in Azure Key Vault, read and written with the machine's managed identity."""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

TOKEN = "http://169.254.169.254/metadata/identity/oauth2/token"


class Passing(Exception):
    """What may be otherwise in a while. A role that was just given acts after some minutes, and until then is answered like none."""


class Store:
    def __init__(self, config):
        self.vault = config["vaultUri"]
        # The instance metadata service must never be asked through a proxy.
        self.open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        query = {"api-version": "2018-02-01", "resource": "https://vault.azure.net"}
        address = config.get("tokenEndpoint", TOKEN) + "?" + urllib.parse.urlencode(query)
        self.token = self.call(urllib.request.Request(address, headers={"Metadata": "true"}))["access_token"]

    def call(self, request):
        try:
            with self.open(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code in (401, 403, 408, 410, 429) or error.code >= 500:
                raise Passing("%s answers %d" % (request.host, error.code)) from error
            if error.code == 404:
                raise
            sys.exit("berth-secrets: %s answers %d: %s" % (request.host, error.code, error.read(300).decode(errors="replace")))
        except OSError as error:
            raise Passing("%s does not answer: %s" % (request.host, error)) from error

    def request(self, name, body=None):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        address = self.vault + "secrets/" + name + "?api-version=7.4"
        data = None if body is None else json.dumps(body).encode()
        method = "GET" if body is None else "PUT"
        return self.call(urllib.request.Request(address, data=data, headers=headers, method=method))

    def get(self, name):
        try:
            return self.request(name)["value"]
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def put(self, name, value):
        self.request(name, {"value": value, "contentType": "text/plain"})
