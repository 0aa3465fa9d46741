"""Tells CloudFormation, at the address that it waits at, how an instance took its recipe."""
import json
import sys
import urllib.request

address, status, instance, reason = sys.argv[1:5]
body = {"Status": status, "UniqueId": instance, "Reason": reason[:1000], "Data": reason[:1000]}
# CloudFormation signs the address for a request without a type.
request = urllib.request.Request(address, data=json.dumps(body).encode(), headers={"Content-Type": ""}, method="PUT")
urllib.request.urlopen(request, timeout=30).close()
