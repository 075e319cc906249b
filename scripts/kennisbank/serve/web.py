"""The preview over HTTP, for the machine it runs on only."""

from __future__ import annotations

import mimetypes
import posixpath
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from kennisbank import load, render
from kennisbank.serve.preview import Preview

WAIT = "/_serve/wait"  # where a page hears that there is a newer one; no page of the site begins with _
# The script that asks, from a file, because the policy of a page lets no other run.
RELOAD, RELOAD_SCRIPT = "/_serve/reload.js", render.TEMPLATES / "serve.js"
LONGEST_WAIT = 25  # seconds; a page asks again
HTML = "text/html; charset=utf-8"
END = b"</body>"


def open_server(host: str, port: int, preview: Preview) -> ThreadingHTTPServer:
    """The server of a preview, listening. Raises ``OSError`` when the port cannot be had."""
    server = QuietServer((host, port), Handler)
    server.preview = preview
    return server


class QuietServer(ThreadingHTTPServer):
    """A server to which a browser that goes away is no event."""

    daemon_threads = True
    preview: Preview

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a connection that broke is opened again by the browser."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: QuietServer

    def do_GET(self) -> None:  # noqa: N802, the name that the library calls
        """Answer with a page of the preview, or with the version when that has changed."""
        asked = urlsplit(self.path)
        if asked.path == WAIT:
            version = self.server.preview.wait(asked.query, LONGEST_WAIT)
            return self.send(HTTPStatus.OK, "text/plain", version.encode())
        if asked.path == RELOAD:
            return self.send(HTTPStatus.OK, guess_type(RELOAD), RELOAD_SCRIPT.read_bytes())
        # Never above the root: https://docs.python.org/3/library/posixpath.html#posixpath.normpath
        path = posixpath.normpath("/" + unquote(asked.path)).lstrip("/")
        if asked.path.endswith("/"):
            path = posixpath.join(path, "index.html")
        version = self.server.preview.version
        body, problems = self.server.preview.read(path)
        kind = guess_type(path)
        if body is not None:
            return self.send(HTTPStatus.OK, kind, add_part(body, problems, version) if kind == HTML else body)
        if not path.endswith(".html") and self.server.preview.read(f"{path}/index.html")[0]:
            return self.send(HTTPStatus.FOUND, HTML, b"", Location=quote(f"/{path}/"))
        if problems:
            page = (
                render.environment()
                .get_template("serve-page.html")
                .render(problems=problems, version=version, has_page=False)
            )
            return self.send(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, page.encode())
        page, problems = self.server.preview.read("404.html")
        return self.send(HTTPStatus.NOT_FOUND, HTML, add_part(page or b"", problems, version))

    def send(self, status: HTTPStatus, kind: str, body: bytes, **headers: str) -> None:
        """Send an answer that the browser asks for anew every time."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: the terminal is for what is wrong."""


def guess_type(path: str) -> str:
    """The type of a file by its name, with UTF-8 where it is text."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if is_text else kind


def add_part(page: bytes, problems: list[load.Problem], version: str) -> bytes:
    """A page with what reloads it and what is wrong at its end."""
    template = render.environment().get_template("serve.html")
    part = template.render(problems=problems, version=version, has_page=True).encode()
    before, end, after = page.rpartition(END)
    return before + part + end + after if end else page + part
