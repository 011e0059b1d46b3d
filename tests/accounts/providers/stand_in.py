"""Stand-ins of the two providers of sign-in, run as programs of their own: `python stand_in.py sso|licence FOLDER`.

They follow the words at the head of `accounts/providers/single_sign_on.py` and `licence.py`. What is wrong with an
answer is named by FOLDER/fault at that moment: `tampered`, `other_key`, `no_algorithm`, `expired`, `nonce`, `audience`,
`wrong_code`, `refused`, `broken`, `no_json`. The licence's public key is written to FOLDER/key.pem. Prints its port.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KIND, FOLDER = sys.argv[1], Path(sys.argv[2])
KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
SECRET = "Basic " + base64.b64encode(b"jiahe:stand-in").decode()
ENTITY = {"sub": "person-1", "uscc": "91330100799655058B", "entity_name": "甲公司", "representative": "张三"}
CODES: dict[str, dict[str, str]] = {}
TICKETS: dict[str, dict[str, str]] = {}


def fault() -> str:
    path = FOLDER / "fault"
    return path.read_text() if path.exists() else ""


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(claims: dict[str, Any], kid: str) -> str:
    algorithm = "none" if fault() == "no_algorithm" else "ES256"
    head = text(json.dumps({"alg": algorithm, "kid": kid}).encode())
    body = text(json.dumps(claims).encode())
    key = OTHER if fault() == "other_key" else KEY
    r, s = decode_dss_signature(key.sign(f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256())))
    if fault() == "tampered":
        body = text(json.dumps(claims | {"sub": "person-2"}).encode())
    return f"{head}.{body}.{text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def log_message(self, *arguments: Any) -> None:
        """Nothing on the terminal."""

    def answer(self) -> None:
        if fault() == "broken":
            return self.send(503, {})
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        first, *rest = url.path.strip("/").split("/")
        return getattr(self, f"{KIND}_{first.strip('.').replace('-', '_')}")(rest, asked)  # type: ignore[no-any-return]

    def send(self, status: int, content: object, **headers: str) -> None:
        body = b"<html>" if fault() == "no_json" else json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self) -> str:
        return self.rfile.read(int(self.headers["Content-Length"])).decode()

    @property
    def own(self) -> str:
        return f"http://{self.headers['Host']}"

    def sso_well_known(self, rest: list[str], asked: dict[str, str]) -> None:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        self.send(200, {name: f"{self.own}/{path}" for name, path in ends.items()})

    def sso_authorize(self, rest: list[str], asked: dict[str, str]) -> None:
        assert (asked["response_type"], asked["client_id"]) == ("code", "jiahe")
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        CODES[code] = asked
        answer = {"state": asked["state"], "code": code}
        if fault() == "refused":
            answer = {"state": asked["state"], "error": "access_denied"}
        self.send(302, {}, Location=f"{asked['redirect_uri']}?{urlencode(answer)}")

    def sso_token(self, rest: list[str], asked: dict[str, str]) -> None:
        form = {name: values[0] for name, values in parse_qs(self.body()).items()}
        known = CODES.pop(form["code"], None)
        if self.headers["Authorization"] != SECRET or known is None or fault() == "wrong_code":
            return self.send(400, {"error": "invalid_grant"})
        proved = text(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (proved, form["redirect_uri"]) != (known["code_challenge"], known["redirect_uri"]):
            return self.send(400, {"error": "invalid_grant"})
        claims: dict[str, Any] = {"iss": self.own, "aud": "jiahe", "nonce": known["nonce"], **ENTITY}
        claims |= {"exp": time.time() + (-3600 if fault() == "expired" else 300)}
        claims |= {"nonce": {"nonce": "other"}, "audience": {"aud": "other"}, "issuer": {"iss": "other"}}.get(
            fault(), {}
        )
        return self.send(200, {"id_token": signed(claims, "key-1")})

    def sso_keys(self, rest: list[str], asked: dict[str, str]) -> None:
        point = KEY.public_key().public_numbers()
        x, y = (text(number.to_bytes(32, "big")) for number in (point.x, point.y))
        self.send(
            200, {"keys": [{"kty": "EC", "crv": "P-256", "kid": "key-1", "x": x, "y": y}, {"kty": "x", "kid": ""}]}
        )

    def licence_tickets(self, rest: list[str], asked: dict[str, str]) -> None:
        if self.headers["Authorization"] != SECRET:
            return self.send(401, {})
        if not rest:
            ticket = secrets.token_urlsafe(8)
            TICKETS[ticket] = {"challenge": json.loads(self.body())["challenge"], "state": "waiting"}
            return self.send(201, {"ticket": ticket, "scan": f"licence:{ticket}", "expires_in": 120})
        known = TICKETS.get(rest[0])
        if known is None:
            return self.send(404, {})
        if fault() == "expired":
            return self.send(200, {"state": "expired"})
        claims = {"ticket": rest[0], "challenge": known["challenge"], **ENTITY}
        claims |= {"nonce": {"challenge": "other"}}.get(fault(), {})
        done = {"statement": signed(claims, "licence")} if known["state"] == "confirmed" else {}
        return self.send(200, {"state": known["state"], **done})

    def licence_phone(self, rest: list[str], asked: dict[str, str]) -> None:
        """The holder confirms in the app."""
        TICKETS[rest[0]]["state"] = "confirmed"
        self.send(200, {})


(FOLDER / "key.pem").write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
