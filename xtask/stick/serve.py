"""Serves the folder `playground` beside this file to this computer alone, and opens it. Needs Python 3 and nothing else."""
import functools
import http.server
import pathlib
import webbrowser


class Handler(http.server.SimpleHTTPRequestHandler):
    # Windows keeps types of files in its registry, where other programs change them.
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
    }

    def end_headers(self):
        # With these two the CPU trainer uses several threads.
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_):
        pass


folder = pathlib.Path(__file__).resolve().parent / "playground"
handler = functools.partial(Handler, directory=str(folder))
try:
    # The same address each time: what the browser keeps belongs to it.
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8123), handler)
except OSError:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
address = f"http://127.0.0.1:{server.server_port}/"
print(f"ResNet Playground is at {address} until this window is closed.", flush=True)
webbrowser.open(address)
server.serve_forever()
