"""An S3-compatible store of the tests' own (moto), on a free port of the loopback. It checks every request's signature and
content with AWS' own SDK, and can be told to misbehave."""
import hashlib
import io
import os
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

os.environ.setdefault("AWS_ACCESS_KEY_ID", "moto")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "moto")

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

from nightdesk import free_port

KEY_ID, SECRET, REGION = "AKIANIGHTDESK", "a secret/with+signs of its own", "eu-central-1"


class Store:
    """It keeps what it has while it is away."""

    def __init__(self, bucket="files"):
        self.bucket, self.port = bucket, free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.app = DomainDispatcherApplication(create_backend_app)
        # How many of the next requests are answered 500; "always" for all.
        self.failing = 0
        self.asked = []
        self.server = None
        self.backend.reset()
        self.backend.create_bucket(bucket, REGION)

    @property
    def backend(self):
        return s3_backends["123456789012"]["aws"]

    @property
    def keys(self):
        return self.backend.buckets[self.bucket].keys

    def options(self, place="s3://files/desk", **changes):
        given = {"endpoint": self.endpoint, "region": REGION, "key-id": KEY_ID, "secret": SECRET, **changes}
        return ["--attachments", place, *(word for name, value in given.items() for word in (f"--s3-{name}", value))]

    def start(self):
        self.server = make_server("127.0.0.1", self.port, self.answer, threaded=True, request_handler=MotoRequestHandler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, environ, begin):
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if self.failing:
            self.failing = self.failing if self.failing == "always" else self.failing - 1
            return refuse(begin, "500 Internal Server Error", "InternalError")
        if fault := proof_fault(environ, content):
            return refuse(begin, "403 Forbidden", fault)
        environ["wsgi.input"] = io.BytesIO(content)
        return self.app(environ, begin)


def refuse(begin, status, code):
    begin(status, [("Content-Type", "application/xml")])
    return [f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>no</Message></Error>'.encode()]


def proof_fault(environ, content):
    """What S3 would say against the request's proof; the signature is made anew by botocore."""
    proof = environ.get("HTTP_AUTHORIZATION", "")
    if f"Credential={KEY_ID}/" not in proof:
        return "InvalidAccessKeyId"
    if environ["HTTP_X_AMZ_CONTENT_SHA256"] != hashlib.sha256(content).hexdigest():
        return "XAmzContentSHA256Mismatch"
    asked = environ["REQUEST_URI"] if "REQUEST_URI" in environ else environ["RAW_URI"]
    signed = {"X-Amz-Content-SHA256": environ["HTTP_X_AMZ_CONTENT_SHA256"], "X-Amz-Date": environ["HTTP_X_AMZ_DATE"]}
    parts = urlsplit(asked)
    url = f"http://{environ['HTTP_HOST']}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url, headers={"Host": environ["HTTP_HOST"], **signed}, data=content)
    request.context["timestamp"] = environ["HTTP_X_AMZ_DATE"]
    sdk = S3SigV4Auth(Credentials(KEY_ID, SECRET), "s3", REGION)
    signature = sdk.signature(sdk.string_to_sign(request, sdk.canonical_request(request)), request)
    return None if proof.endswith(f"Signature={signature}") else "SignatureDoesNotMatch"


@contextmanager
def store():
    running = Store()
    running.start()
    try:
        yield running
    finally:
        running.stop()
