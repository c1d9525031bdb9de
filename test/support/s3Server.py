"""An S3 server for tests: moto's, which answers requests only where their signature is the one that botocore computes.

Prints its port as JSON on the first line. Then reads commands, a JSON object a line, and answers each with a line: `null`, or
what was asked for. Commands change what is stored without the protocol; they need no signature.
"""

import datetime
import json
import logging
import os
import sys
import threading
from urllib.parse import urlsplit

os.environ["MOTO_S3_DEFAULT_KEY_BUFFER_SIZE"] = str(64 * 1024 * 1024)

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import WSGIRequestHandler, make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)
backend = s3_backends["123456789012"]["aws"]
# The keys that it knows: their secrets and session tokens.
keys = {}


def error(code, message, start_response, status="403 Forbidden"):
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'.encode()
    start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def signature_of(environ, credential, signed_headers):
    """What botocore signs the same request with."""
    target = environ["RAW_URI"]
    headers = {name: environ.get("HTTP_" + name.upper().replace("-", "_"), "") for name in signed_headers}
    access_key, _, region, _, _ = credential.split("/")
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=f"http://{environ['HTTP_HOST']}{target}", headers=headers)
    request.context["timestamp"] = headers["x-amz-date"]
    auth = S3SigV4Auth(Credentials(access_key, keys[access_key]["secret"]), "s3", region)
    return auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)


class Signed:
    """Lets through what is signed rightly."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        if not authorization.startswith("AWS4-HMAC-SHA256 "):
            return error("AccessDenied", "Access Denied", start_response)
        fields = dict(field.strip().split("=", 1) for field in authorization[len("AWS4-HMAC-SHA256 "):].split(","))
        access_key = fields["Credential"].split("/")[0]
        if access_key not in keys:
            message = "The AWS Access Key Id you provided does not exist in our records."
            return error("InvalidAccessKeyId", message, start_response)
        signed = fields["SignedHeaders"].split(";")
        known = keys[access_key]
        if known.get("expired"):
            return error("ExpiredToken", "The provided token has expired.", start_response, "400 Bad Request")
        if (known.get("token") or "") != environ.get("HTTP_X_AMZ_SECURITY_TOKEN", ""):
            return error("InvalidToken", "The provided token is malformed or otherwise invalid.", start_response, "400 Bad Request")
        moment = datetime.datetime.strptime(environ["HTTP_X_AMZ_DATE"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        if abs((moment - datetime.datetime.now(datetime.timezone.utc)).total_seconds()) > 900:
            return error("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", start_response)
        # Everything that changes what is asked must be signed.
        asking = [name for name in ("range", "if-match", "if-none-match") if "HTTP_" + name.upper().replace("-", "_") in environ]
        asking += [name[5:].lower().replace("_", "-") for name in environ if name.startswith("HTTP_X_AMZ_")]
        complete = all(name in signed for name in ["host", *asking])
        if not complete or signature_of(environ, fields["Credential"], signed) != fields["Signature"]:
            message = "The request signature we calculated does not match the signature you provided. Check your key and signing method."
            return error("SignatureDoesNotMatch", message, start_response)
        return self.app(environ, start_response)


def put(command):
    with open(command["file"], "rb") as file:
        backend.put_object(command["bucket"], command["key"], file.read(), storage=command.get("storage"))


commands = {
    "key": lambda command: keys.__setitem__(command["id"], command),
    "bucket": lambda command: backend.create_bucket(command["bucket"], command["region"]),
    "put": put,
    "delete": lambda command: backend.delete_object(command["bucket"], command["key"]),
}


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    # Small answers are not held back for more to come.
    disable_nagle_algorithm = True
    wbufsize = -1


server = make_server("127.0.0.1", 0, Signed(DomainDispatcherApplication(create_backend_app)), threaded=True, request_handler=Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps(server.server_port), flush=True)
for line in sys.stdin:
    given = json.loads(line)
    try:
        commands[given["do"]](given)
        print("null", flush=True)
    except Exception as problem:
        print(json.dumps({"error": repr(problem)}), flush=True)
