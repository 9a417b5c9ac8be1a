"""The Authorization that botocore gives each of these requests, at the time that is in them."""

import json
import sys

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

keys, requests = json.load(sys.stdin)
credentials = Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["Token"])
answers = []
for given in requests:
    sent = given["headers"]["authorization"]
    _, region, service, _ = sent.split("Credential=")[1].split(",")[0].split("/")[1:]
    names = sent.split("SignedHeaders=")[1].split(",")[0].split(";")
    headers = {name: given["headers"][name] for name in names}
    request = AWSRequest(given["method"], given["url"], headers=headers, data=given["body"])
    request.context["timestamp"] = headers["x-amz-date"]
    auth = (S3SigV4Auth if service == "s3" else SigV4Auth)(credentials, service, region)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    answers.append(auth.signature(text, request))
print(json.dumps(answers))
