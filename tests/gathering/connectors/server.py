"""A department's REST server, run as a program of its own: `python server.py FOLDER`.

It answers with the records in FOLDER/rows.json in the manner that the path names; for one enterprise at /one, in the
manner that FOLDER/manner names at that moment. Every request is a line in FOLDER/requests. It prints its port.
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(sys.argv[1])
SIZE = 2


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.answer(url.path, {name: values[0] for name, values in parse_qs(url.query).items()})

    def do_POST(self) -> None:
        self.answer(self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, path: str, asked: dict[str, str]) -> None:
        with (FOLDER / "requests").open("a") as log:
            log.write(f"{self.path} {self.headers.get('Authorization', '-')}\n")
        getattr(self, f"answer_{path.strip('/')}")(rows(), asked)

    def log_message(self, *arguments: Any) -> None:
        """Nothing on the terminal."""

    def send(self, content: object, status: int = 200) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_list(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send(found)

    def answer_page(self, found: list[Any], asked: dict[str, str]) -> None:
        first = (int(asked["page"]) - 1) * int(asked["size"])
        self.send({"data": {"rows": found[first : first + int(asked["size"])]}})

    def answer_offset(self, found: list[Any], asked: dict[str, str]) -> None:
        first = int(asked["offset"])
        self.send({"data": {"rows": found[first : first + int(asked["limit"])]}})

    def answer_cursor(self, found: list[Any], asked: dict[str, str]) -> None:
        first = int(asked.get("after", 0))
        following = str(first + SIZE) if first + SIZE < len(found) else None
        self.send({"next": following, "data": {"rows": found[first : first + SIZE]}})

    def answer_same(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send({"data": {"rows": found[:SIZE]}})

    def answer_nothing(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send({"data": {"rows": []}})

    def answer_wrong(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send(b"<html>Welcome</html>")

    def answer_elsewhere(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send({"data": {"records": found}})

    def answer_scalars(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send({"data": {"rows": [1, 2]}})

    def answer_failing(self, found: list[Any], asked: dict[str, str]) -> None:
        self.send({"error": "no database"}, status=500)

    def answer_slow(self, found: list[Any], asked: dict[str, str]) -> None:
        time.sleep(3)
        self.answer_list(found, asked)

    def answer_dripping(self, found: list[Any], asked: dict[str, str]) -> None:
        """Always a byte before anybody's patience with one byte ends."""
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        for _ in range(6):
            self.wfile.write(b" ")
            time.sleep(0.5)

    def answer_one(self, found: list[Any], asked: dict[str, str]) -> None:
        getattr(self, f"answer_{(FOLDER / 'manner').read_text()}")(found, asked)


def rows() -> list[Any]:
    return json.loads((FOLDER / "rows.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]  # a list by agreement


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
