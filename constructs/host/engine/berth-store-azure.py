"""Secrets in Azure Key Vault, read and written with the machine's managed identity."""
import json
import urllib.error
import urllib.parse
import urllib.request

TOKEN = "http://169.254.169.254/metadata/identity/oauth2/token"


class Store:
    def __init__(self, config):
        self.vault = config["vaultUri"]
        # The instance metadata service must never be asked through a proxy.
        self.open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        query = {"api-version": "2018-02-01", "resource": "https://vault.azure.net"}
        address = config.get("tokenEndpoint", TOKEN) + "?" + urllib.parse.urlencode(query)
        self.token = self.call(urllib.request.Request(address, headers={"Metadata": "true"}))["access_token"]

    def call(self, request):
        with self.open(request, timeout=30) as answer:
            return json.load(answer)

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
