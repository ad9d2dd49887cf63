"""A language model's endpoint that behaves as the test says: well, slowly, wrongly, or not at all."""
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelServer:
    """`behaviour` is the name of a method below, `says` what it answers: a text, or a function of the request's messages."""

    def __init__(self):
        self.behaviour, self.says, self.requests, self.keys = "well", "ready", [], []
        self.released = threading.Event()

    def chat_requests(self):
        return [body for path, body in self.requests if path.endswith("/chat/completions")]

    def text(self, body):
        return self.says(body["messages"]) if callable(self.says) else self.says

    def well(self, handler, body):
        handler.begin(200, "text/event-stream")
        text = self.text(body)
        for start in range(0, len(text), 7):
            handler.event({"choices": [{"delta": {"content": text[start:start + 7]}}]})
        handler.event({"choices": [], "usage": {"total_tokens": 120}})
        handler.send(b"data: [DONE]\n\n")
        # Some servers leave the connection open: whoever waits for its end waits in vain.
        self.released.wait(30)

    def whole(self, handler, body):
        handler.reply(200, {"choices": [{"message": {"content": self.text(body)}}], "usage": {"total_tokens": 77}})

    def hang(self, handler, body):
        self.released.wait(30)

    def drip(self, handler, body):
        handler.begin(200, "text/event-stream")
        while not self.released.wait(0.1):
            handler.event({"choices": [{"delta": {"content": "x"}}]})

    def endless(self, handler, body):
        handler.begin(200, "text/event-stream")
        while not self.released.is_set():
            handler.event({"choices": [{"delta": {"content": "words " * 50}}]})

    def busy(self, handler, body):
        handler.reply(429, {"error": {"message": "slow down"}})

    def broken(self, handler, body):
        handler.reply(500, {"error": {"message": "boom"}})

    def rubbish(self, handler, body):
        handler.begin(200, "application/json")
        handler.send(b"\x00\xff<html>not json")

    def torn(self, handler, body):
        handler.begin(200, "text/event-stream")
        handler.send(b"data: {\"choices\": [{\"delta\": {\n\n")

    def silent(self, handler, body):
        handler.reply(200, {"choices": []})

    def huge(self, handler, body):
        handler.begin(200, "application/json")
        for _ in range(160):
            handler.send(b" " * (64 << 10))

    def tools(self, handler, body):
        """Wants to call something: nobody offered it a tool."""
        call = {"id": "1", "type": "function", "function": {"name": "look_up_order", "arguments": "{\"number\": \"SF1\"}"}}
        handler.reply(200, {"choices": [{"message": {"content": None, "tool_calls": [call]}}]})

    def embeddings(self, handler, body):
        vectors = [{"index": index, "embedding": [1.0, float(index)]} for index, _ in enumerate(body["input"])]
        handler.reply(200, {"data": vectors, "usage": {"total_tokens": 9}})


def handler_for(model):
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model.requests.append((self.path, body))
            model.keys.append(self.headers.get("authorization"))
            try:
                if self.path.endswith("/embeddings") and model.behaviour in ("well", "whole"):
                    model.embeddings(self, body)
                else:
                    getattr(model, model.behaviour)(self, body)
            except OSError:
                pass

        def begin(self, status, kind):
            self.send_response(status)
            self.send_header("content-type", kind)
            self.end_headers()

        def send(self, data):
            self.wfile.write(data)
            self.wfile.flush()

        def event(self, value):
            self.send(b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n")

        def reply(self, status, value):
            self.begin(status, "application/json")
            self.send(json.dumps(value).encode())

    return Handler


@contextmanager
def model_server():
    model = ModelServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(model))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        model.released.set()
        server.shutdown()


def patiently(look, patience=30):
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, "nothing was found in time"
        time.sleep(0.05)
