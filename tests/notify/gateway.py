"""A stand-in for Alibaba Cloud's SMS service, in a process of its own: it takes messages, and misbehaves by the phone number.

`python -m tests.notify.gateway PORT` (0: any) prints its address. `GET /taken` lists what was taken, in order. It never
drops a second copy by itself: what is listed twice was sent twice.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

# The sixth digit of a phone number says how the first tries for it go wrong.
FINE, LOST_500, TAKEN_500, LOST_SILENT, TAKEN_SILENT, TWICE, CUT, REFUSED, GARBLED, UNREACHED = range(10)
FAULTY_TRIES = 2
SILENCE_SECONDS = 3.0


class Book:
    """What came, by the identifier of the sender."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.taken: list[dict[str, str]] = []
        self.tries: dict[str, int] = {}

    def tried(self, uid: str) -> int:
        with self.lock:
            self.tries[uid] = self.tries.get(uid, 0) + 1
            return self.tries[uid]

    def take(self, query: dict[str, str]) -> str:
        with self.lock:
            self.taken.append(query)
            return f"{len(self.taken)}^0"


BOOK = Book()


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200, BOOK.taken)

    def do_POST(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "Credential=known," not in self.headers.get("Authorization", ""):
            self._answer(403, {"Code": "InvalidAccessKeyId.NotFound", "Message": "", "RequestId": "R"})
        elif self.headers["x-acs-action"] == "SendSms":
            self._send(query)
        else:
            self._details(query)

    def _send(self, query: dict[str, str]) -> None:
        fault = int(query["PhoneNumbers"][5]) if BOOK.tried(query["OutId"]) <= FAULTY_TRIES else FINE
        if fault == REFUSED:
            self._answer(200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "", "RequestId": "R"})
            return
        number = "" if fault in (LOST_500, LOST_SILENT) else BOOK.take(query)
        if fault in (LOST_SILENT, TAKEN_SILENT):
            time.sleep(SILENCE_SECONDS)
        if fault in (CUT, LOST_SILENT, TAKEN_SILENT):
            self.close_connection = True
        elif fault in (LOST_500, TAKEN_500):
            self._answer(500, {"Code": "InternalError", "Message": "", "RequestId": "R"})
        elif fault == GARBLED:
            self._write(200, b"<html>")
        else:
            for _ in range(2 if fault == TWICE else 1):
                self._answer(200, {"Code": "OK", "Message": "OK", "BizId": number, "RequestId": "R"})

    def _details(self, query: dict[str, str]) -> None:
        rows = [
            {"OutId": one["OutId"], "SendStatus": status, "ErrCode": code, "TemplateCode": one["TemplateCode"]}
            for one in reversed(BOOK.taken)
            if one["PhoneNumbers"] == query["PhoneNumber"]
            for status, code in ([(2, "UNDELIV")] if int(query["PhoneNumber"][5]) == UNREACHED else [(3, "DELIVERED")])
            for _ in range(2 if int(query["PhoneNumber"][5]) == TWICE else 1)
        ]
        size, page = int(query["PageSize"]), int(query["CurrentPage"])
        today = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y%m%d}"
        shown = rows[(page - 1) * size : page * size] if query["SendDate"] == today else []
        self._answer(
            200,
            {"Code": "OK", "RequestId": "R", "TotalCount": len(rows), "SmsSendDetailDTOs": {"SmsSendDetailDTO": shown}},
        )

    def _answer(self, status: int, body: object) -> None:
        self._write(status, json.dumps(body).encode())

    def _write(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the base class
        """Nothing is logged."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Gateway)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
