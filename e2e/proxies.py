"""HAProxy and nginx with the very examples of deploy/, but for addresses, ports and the certificate's place."""
import re
import subprocess
import time
from contextlib import contextmanager

import requests

from nightdesk import ROOT, free_port

CERTIFICATE = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]


def replaced(text, changes):
    """Each change must find something: an example that was rewritten must not be tested half."""
    for old, new in changes.items():
        text, count = re.subn(old, lambda _: new, text)
        assert count, f"{old} is not in the example"
    return text


class Proxy:
    def __init__(self, folder, nodes):
        self.folder, self.nodes = folder, nodes
        self.plain, self.port = free_port(), free_port()
        self.base = f"https://127.0.0.1:{self.port}"
        self.key, self.certificate = folder / "certs/desk.example.key", folder / "certs/desk.example.pem"

    def certify(self):
        (self.folder / "certs").mkdir()
        subprocess.run(["openssl", "req", *CERTIFICATE, "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True)

    def start(self, patience=20):
        self.certify()
        command = self.prepare()
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + patience
        while not self.is_serving():
            assert self.process.poll() is None and time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)
        return self

    def is_serving(self):
        try:
            return requests.get(self.base + "/readyz", verify=self.certificate, timeout=5).ok
        except requests.ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def addresses(self):
        return {rf"10\.0\.0\.{11 + number}:8080": f"127.0.0.1:{node.port}" for number, node in enumerate(self.nodes)}


class HAProxy(Proxy):
    example = ROOT / "deploy/haproxy/nightdesk.cfg"
    # Long polls are told apart by their mailboxes, not by who asks: here everybody has one address.
    spreads_everybody = True
    asks_readyz = True

    def prepare(self):
        # HAProxy takes certificate and key from one file.
        self.certificate.write_bytes(self.certificate.read_bytes() + self.key.read_bytes())
        self.key.unlink()
        file = self.folder / "nightdesk.cfg"
        file.write_text(replaced(self.example.read_text(), {
            r"bind :80\n": f"bind 127.0.0.1:{self.plain}\n", "bind :443 ": f"bind 127.0.0.1:{self.port} ",
            "/etc/haproxy/certs/": str(self.certificate), **self.addresses(),
        }))
        return ["haproxy", "-db", "-f", file]


class Nginx(Proxy):
    example = ROOT / "deploy/nginx/nightdesk.conf"
    spreads_everybody = False
    asks_readyz = False
    # What Debian's nginx.conf has around the sites.
    around = "daemon off; pid {0}/pid; error_log stderr; events {{}} http {{ access_log off; {1} include {0}/nightdesk.conf; }}"

    def prepare(self):
        (self.folder / "nightdesk.conf").write_text(replaced(self.example.read_text(), {
            "listen 80;": f"listen 127.0.0.1:{self.plain};", "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "/etc/nginx/certs": str(self.folder / "certs"), **self.addresses(),
        }))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        (self.folder / "nginx.conf").write_text(self.around.format(self.folder, places))
        # Its workers are another user's, who must get to the bodies that are too large for memory.
        self.folder.chmod(0o755)
        return ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"]


@contextmanager
def proxy(kind, folder, nodes):
    folder.mkdir()
    running = kind(folder, nodes)
    try:
        yield running.start()
    finally:
        running.stop()
