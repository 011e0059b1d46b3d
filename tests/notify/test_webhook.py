"""What is posted to a declared address: signed, with the same number in every try, and into no private network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from jiahe.kit.actor import Actor
from jiahe.notify import relay
from jiahe.notify.actions.declare_address import declare_address
from jiahe.notify.channels import webhook
from jiahe.notify.inbox import tell
from jiahe.notify.models import Address, AddressKind, Outgoing
from jiahe.notify.providers import Letter, NotDelivered, Receipt

FACTS = {"number": "D1", "enterprise": "测试企业"}
Call = tuple[dict[str, str], bytes]


@contextmanager
def receiver(*statuses: int) -> Iterator[tuple[str, list[Call]]]:
    """Answers with these statuses, one after the other, and keeps what came."""
    calls: list[Call] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(statuses[len(calls) - 1])
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the base class
            """Nothing is logged."""

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/jiahe?from=platform", calls
        server.shutdown()


def test_the_signature_is_that_of_the_published_example() -> None:
    found = webhook.signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.django_db
def test_it_is_posted_until_it_was_received_with_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_WEBHOOK_PRIVATE", "1")
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T23:00")
    with receiver(503, 302, 204) as (url, calls):
        _, secret = declare_address(actor=Actor.system(), organisation="bank-a", kind=AddressKind.WEBHOOK, value=url)
        tell(organisation="bank-a", template="order.withdrawn", facts=FACTS)
        problems = []
        for minute in (0, 1, 3):
            monkeypatch.setenv("JIAHE_NOW", f"2026-11-23T23:0{minute}")
            assert relay.drain() == 1
            problems.append(Outgoing.objects.get().problem)
    kept = Outgoing.objects.get()
    assert problems == ["HTTP 503", "HTTP 302", ""]
    assert (kept.state, kept.facts, kept.attempts) == ("delivered", "", 3)
    assert {headers["webhook-id"] for headers, _ in calls} == {kept.uid}
    headers, body = calls[-1]
    said = {"type": "order.withdrawn", "timestamp": "2026-11-23T15:00:00+00:00", "data": FACTS}
    assert json.loads(body) == said
    signed = webhook.signature(secret, kept.uid, headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == signed
    assert "whsec" not in Address.objects.get().secret


def test_an_address_that_leads_into_the_own_network_by_now_is_not_posted_to() -> None:
    with receiver(204) as (url, calls):
        for to in (url, url.replace("http://127.0.0.1", "https://localhost")):
            with pytest.raises(NotDelivered):
                webhook.send(Letter("1", to, "", secret="whsec_AAAA"))
        assert calls == []


def test_nobody_there_is_surely_not_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_WEBHOOK_PRIVATE", "1")
    with receiver(204) as (url, _):
        assert webhook.send(Letter("1", url, "", secret="whsec_AAAA")) == Receipt(delivered=True)
    with pytest.raises(NotDelivered, match="ConnectError"):
        webhook.send(Letter("1", url, "", secret="whsec_AAAA"))
