"""Messages posted to a web address that the operator declared, signed as Standard Webhooks (standardwebhooks.com) say.

The identifier is the same in every try, so that a receiver takes the second copy for what it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

import httpx

from jiahe.kit import clock
from jiahe.kit.configuration import is_on
from jiahe.notify.providers import PATIENCE_SECONDS, Letter, NotDelivered, Receipt, Uncertain

REPEATABLE = True
SECRET_MARK = "whsec_"  # noqa: S105 - what a secret begins with


def send(letter: Letter) -> Receipt:
    """Any answer from 200 to 299 counts as received; redirections are not followed."""
    body = json.dumps(
        {"type": letter.template, "timestamp": letter.written_at.isoformat(), "data": dict(letter.facts)},
        ensure_ascii=False,
    ).encode()
    parts = urlsplit(letter.to)
    request = _request(parts, reachable(letter.to), body, _signed(letter, body))
    try:
        with httpx.Client(timeout=PATIENCE_SECONDS, trust_env=False, verify=ssl.create_default_context()) as client:
            answer = client.send(request)
    except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
        raise NotDelivered(type(problem).__name__) from problem
    except httpx.HTTPError as problem:
        raise Uncertain(type(problem).__name__) from problem
    if not answer.is_success:
        raise NotDelivered(f"HTTP {answer.status_code}")
    return Receipt(delivered=True)


def _request(parts: SplitResult, host: str, body: bytes, headers: dict[str, str]) -> httpx.Request:
    """To the very address that was looked at, whatever the name leads to by now; the certificate is the name's."""
    netloc = f"[{host}]" if ":" in host else host
    url = parts._replace(netloc=f"{netloc}:{parts.port}" if parts.port else netloc, fragment="").geturl()
    return httpx.Request(
        "POST",
        url,
        content=body,
        headers={"Host": parts.netloc, "Content-Type": "application/json", **headers},
        extensions={"sni_hostname": parts.hostname, "timeout": httpx.Timeout(PATIENCE_SECONDS).as_dict()},
    )


def _signed(letter: Letter, body: bytes) -> dict[str, str]:
    stamp = str(int(clock.now().timestamp()))
    return {
        "webhook-id": letter.uid,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(letter.secret, letter.uid, stamp, body),
    }


def signature(secret: str, uid: str, stamp: str, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 over identifier, time in seconds and body, in base64."""
    key = base64.b64decode(secret.removeprefix(SECRET_MARK))
    digest = hmac.digest(key, f"{uid}.{stamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


def reachable(url: str) -> str:
    """The network address behind a web address that may be posted to; `NotDelivered` with the reason otherwise.

    Only https, and only what lies in the open Internet, so that nobody has the platform post into its own network.
    JIAHE_WEBHOOK_PRIVATE lifts both.
    """
    parts, lifted = urlsplit(url), is_on("JIAHE_WEBHOOK_PRIVATE")
    if parts.scheme != "https" and not (lifted and parts.scheme == "http"):
        raise NotDelivered("not https")
    if not parts.hostname or parts.username or parts.password:
        raise NotDelivered("not a web address")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise NotDelivered("unknown host") from problem
    hosts = [str(one[4][0]) for one in found]
    if not lifted and not all(_is_open(host) for host in hosts):
        raise NotDelivered("private network address")
    return hosts[0]


def _is_open(host: str) -> bool:
    address = ipaddress.ip_address(host.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_global and not address.is_multicast
