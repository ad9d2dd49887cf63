"""A page of another company, on an origin of its own, with whatever code was put into it."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class CompanySite:
    def __init__(self, code):
        page = f'<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>{code}'.encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
