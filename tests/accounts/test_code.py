"""Codes sent to phones: six digits, once, for a while, a few tries."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from jiahe.accounts.actions.send_code import send_code
from jiahe.accounts.actions.use_code import use_code
from jiahe.accounts.errors import CodeSpent, CodeTooSoon, CodeWrong, NotAPhone
from jiahe.accounts.models import PhoneCode
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Outgoing
from tests.together import together

pytestmark = pytest.mark.django_db
PHONE = "17000000001"
VISITOR = Actor.visitor()


def sent(purpose: str = "register") -> str:
    """Have a code sent, and give it as the phone shows it."""
    send_code(actor=VISITOR, phone=PHONE, purpose=purpose)
    return code()


def code() -> str:
    newest = Outgoing.objects.order_by("-pk")[0]
    return str(json.loads(keyring().decrypt(newest.facts))["code"])


def use(typed: str, purpose: str = "register") -> None:
    use_code(phone=PHONE, purpose=purpose, code=typed)


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 10**6:06}"


def test_a_code_opens_once() -> None:
    right = sent()
    assert (len(right), right.isdecimal()) == (6, True)
    use(right)
    with pytest.raises(CodeSpent) as refused:
        use(right)
    assert refused.value.sentence == "验证码已失效(已使用、已过期或多次不正确)：请重新获取。"


def test_a_code_is_kept_as_a_digest_and_named_nowhere() -> None:
    right = sent()
    kept = PhoneCode.objects.get()
    assert len(kept.code_digest) == 64
    assert right not in f"{kept.code_digest}{kept.phone_digest}"
    entry = Entry.objects.get()
    assert (entry.action, entry.subject, entry.facts) == ("accounts.send_code", "purpose:register", {})


def test_wrong_tries_are_counted_and_end_the_code() -> None:
    right = sent()
    for left in (4, 3, 2, 1):
        with pytest.raises(CodeWrong) as refused:
            use(wrong(right))
        assert refused.value.sentence == f"验证码不正确：还可再试 {left} 次。"
    with pytest.raises(CodeSpent):
        use(wrong(right))
    with pytest.raises(CodeSpent):
        use(right)
    assert PhoneCode.objects.get().used_at is None


def test_a_code_is_for_its_phone_and_purpose() -> None:
    right = sent()
    with pytest.raises(CodeSpent):
        use(right, "other")
    with pytest.raises(CodeSpent):
        use_code(phone="17000000002", purpose="register", code=right)
    use(right)


def test_a_code_ends_after_five_minutes(at: Callable[[str], None]) -> None:
    right = sent()
    at("09:05:00")
    with pytest.raises(CodeSpent):
        use(right)
    at("09:04:59")
    use(right)


def test_the_next_code_waits_a_minute_and_ends_the_one_before(at: Callable[[str], None]) -> None:
    first = sent()
    at("09:00:59")
    with pytest.raises(CodeTooSoon) as refused:
        sent()
    assert refused.value.sentence == "验证码获取过于频繁：请在 60 秒后重试，每个手机号每日最多 10 次。"
    assert Outgoing.objects.count() == 1
    at("09:01:00")
    second = sent()
    if first != second:
        with pytest.raises(CodeWrong):
            use(first)
    use(second)


def test_ten_codes_a_day(at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(10):
        at(f"09:{minute:02}")
        sent()
    at("09:10")
    with pytest.raises(CodeTooSoon):
        sent()
    monkeypatch.setenv("JIAHE_NOW", "2026-11-24T00:00")
    use(sent())


@pytest.mark.parametrize("text", ["", "1700000000", "170000000011", "12000000001", "１７０abc", "1" * 10_000_000])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(NotAPhone):
        send_code(actor=VISITOR, phone=text, purpose="register")
    assert (PhoneCode.objects.count(), Outgoing.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("text", ["+86 170-0000-0001", "１７００００００００１", " 170 0000 0001 "])
def test_a_phone_may_be_written_in_groups(text: str) -> None:
    assert send_code(actor=VISITOR, phone=text, purpose="register") == PHONE


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_uses_the_code() -> None:
    right = sent()
    answers = together(*[lambda: use(right)] * 5)
    assert [type(a) for a in answers if a is not None] == [CodeSpent] * 4
