"""The adapter to Alibaba Cloud, with its own SDK, against the stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from jiahe.kit import clock
from jiahe.notify import providers
from jiahe.notify.providers import Letter, NotDelivered, Receipt, Uncertain, aliyun
from jiahe.notify.templates import SMS
from tests.notify.gateway import CUT, FINE, GARBLED, LOST_500, REFUSED, TAKEN_500, TAKEN_SILENT, TWICE, UNREACHED
from tests.notify.standing_in import StandIn, standing_in


@pytest.fixture(scope="module")
def service() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture(autouse=True)
def _configured(service: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers, "PATIENCE_SECONDS", 1)
    for name, value in service.settings.items():
        monkeypatch.setenv(name, value)


def a_letter(uid: str, fault: int = FINE, serial: int = 0) -> Letter:
    return Letter(uid, f"17000{fault}{serial:05}", "…", "code", {"code": "482913", "minutes": 5})


def test_a_message_is_sent_as_a_template_with_its_own_number_and_found_again(service: StandIn) -> None:
    sent = aliyun.send(a_letter("a1"))
    taken = [one for one in service.taken() if one["OutId"] == "a1"]
    assert taken == [
        {
            "OutId": "a1",
            "PhoneNumbers": "17000000000",
            "SignName": "嘉禾信",
            "TemplateCode": "SMS_1",
            "TemplateParam": json.dumps({"code": "482913", "minutes": "5"}),
        }
    ]
    assert sent.number.endswith("^0")
    assert aliyun.status(a_letter("a1")) == Receipt(delivered=True)
    assert aliyun.status(a_letter("unknown")) is None


def test_a_message_of_days_ago_is_looked_for_day_by_day(service: StandIn) -> None:
    letter = Letter("b1", "17000000001", "…", "code", {"code": "1", "minutes": 5}, clock.now() - timedelta(days=2))
    assert aliyun.status(letter) is None
    aliyun.send(letter)
    assert aliyun.status(letter) == Receipt(delivered=True)


def test_it_is_found_behind_more_than_a_page_of_others(service: StandIn) -> None:
    aliyun.send(a_letter("c-first", serial=7))
    for number in range(aliyun.A_PAGE):
        aliyun.send(a_letter(f"c{number}", serial=7))
    assert aliyun.status(a_letter("c-first", serial=7)) == Receipt(delivered=True)


@pytest.mark.parametrize(
    ("fault", "doubt", "reason", "taken"),
    [
        (REFUSED, NotDelivered, "isv.BUSINESS_LIMIT_CONTROL", 0),
        (LOST_500, Uncertain, "ServerException", 0),
        (TAKEN_500, Uncertain, "ServerException", 1),
        (TAKEN_SILENT, Uncertain, "UnretryableException", 1),
        (CUT, Uncertain, "UnretryableException", 1),
        (GARBLED, Uncertain, "UnretryableException", 1),
    ],
)
def test_a_refusal_is_told_from_a_doubt(
    service: StandIn, fault: int, doubt: type[Exception], reason: str, taken: int
) -> None:
    with pytest.raises(doubt) as caught:
        aliyun.send(a_letter(f"d{fault}", fault))
    assert (type(caught.value), str(caught.value)) == (doubt, reason)
    assert len([one for one in service.taken() if one["OutId"] == f"d{fault}"]) == taken
    assert aliyun.status(a_letter(f"d{fault}", fault)) == (Receipt(delivered=True) if taken else None)


def test_a_second_answer_is_not_taken_for_that_to_the_next_message(service: StandIn) -> None:
    numbers = [aliyun.send(a_letter(f"e{n}", TWICE if n % 2 == 0 else FINE, n)).number for n in range(6)]
    order = [one["OutId"] for one in service.taken()]
    assert numbers == [f"{order.index(f'e{n}') + 1}^0" for n in range(6)]
    assert aliyun.status(a_letter("e0", TWICE)) == Receipt(delivered=True)


def test_what_the_phone_did_not_get_says_why(service: StandIn) -> None:
    aliyun.send(a_letter("f1", UNREACHED))
    assert aliyun.status(a_letter("f1", UNREACHED)) == Receipt(delivered=False, reason="UNDELIV")


def test_a_wrong_key_and_a_template_without_a_code_are_refusals(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotDelivered, match=r"^JIAHE_ALIYUN_TEMPLATES: invitation$"):
        aliyun.send(Letter("g1", "17000000000", "…", "invitation", {}))
    monkeypatch.setenv("JIAHE_ALIYUN_KEY", "unknown")
    with pytest.raises(NotDelivered, match=r"^InvalidAccessKeyId\.NotFound$"):
        aliyun.send(a_letter("g2"))
    assert not [one for one in service.taken() if one["OutId"].startswith("g")]


def test_it_says_what_is_still_to_be_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    unmapped = [f"JIAHE_ALIYUN_TEMPLATES: {name}" for name in SMS if name not in ("code", "order.full_time")]
    assert aliyun.lacks() == unmapped
    monkeypatch.delenv("JIAHE_ALIYUN_SECRET")
    monkeypatch.setenv("JIAHE_ALIYUN_TEMPLATES", ",".join(f"{name}:SMS_1" for name in SMS))
    assert aliyun.lacks() == ["JIAHE_ALIYUN_SECRET"]
