"""What the benchmarks need around a browser: a slower processor, and a local server that compresses."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import CDPSession, Page

COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")


def throttle(page: Page, times: float) -> CDPSession:
    """Makes the processor of the page that many times slower; 1 is as it is."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    return session


@dataclass
class Server:
    """A running server: its address with a slash at the end, and the bytes sent per path."""

    url: str = ""
    sent: dict[str, int] = field(default_factory=dict)


@contextmanager
def serve(site: Path) -> Iterator[Server]:
    """Serves a built site with gzip, as a web server on the internet does, and counts the bytes of every answer."""
    served = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # noqa: N802 (the name is the library's)
            path = unquote(urlsplit(self.path).path)
            file = site / (path.strip("/") or "index.html")
            if not file.is_file():
                self.send_error(404)
                return
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            body = file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            if kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            self.end_headers()
            self.wfile.write(body)
            served.sent[path] = len(body)

        def log_message(self, *arguments: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def find_percentile(values: list[float], share: float) -> float:
    """The value below which that share (0 to 1) of the values lies, the nearest one that was measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]
