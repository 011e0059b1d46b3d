"""What messages may say, read off the facts that their sentences name."""

from __future__ import annotations

from jiahe.accounts.enums import Role
from jiahe.notify.audience import NOT_ESSENTIAL, SMS_TO
from jiahe.notify.outbox import names_in
from jiahe.notify.queries.put_aside import ONLY_SMS
from jiahe.notify.templates import SMS, TEMPLATES, URGENT

# What kind of thing a fact of an SMS is; a fact that is not here is not allowed in one.
AMOUNTS = {"amount", "rate", "limit"}
NAMES = {"institution", "organisation", "enterprise", "name", "product"}
REASONS = {"reason", "stage"}
HARMLESS = {"hotline", "number", "due", "count", "code", "minutes", "days", "link"}


def test_no_sms_says_amount_name_and_reason_together() -> None:
    for name, sentence in SMS.items():
        facts = set(names_in(str(sentence)))
        assert facts <= AMOUNTS | NAMES | REASONS | HARMLESS, name
        assert not (facts & AMOUNTS and facts & NAMES and facts & REASONS), name


def test_no_sms_of_a_request_says_an_amount_or_a_reason_at_all() -> None:
    told = {name: set(names_in(str(SMS[name]))) & (AMOUNTS | REASONS) for name in SMS_TO}
    assert told == {name: set() for name in SMS_TO}


def test_an_sms_needs_no_fact_that_the_message_does_not_have() -> None:
    missing = {n: set(names_in(str(SMS[n]))) - set(names_in(str(TEMPLATES[n].sentence))) for n in SMS_TO}
    assert missing == {name: set() for name in SMS_TO}


def test_the_audience_names_roles_and_templates_that_exist() -> None:
    assert {role for roles in SMS_TO.values() for role in roles} <= set(Role)
    assert set(SMS_TO) == set(SMS) - URGENT
    assert set(SMS_TO) >= NOT_ESSENTIAL
    assert not URGENT & NOT_ESSENTIAL


def test_every_sms_has_a_name_on_the_page_of_those_put_aside() -> None:
    assert set(SMS) <= set(TEMPLATES) | set(ONLY_SMS)
