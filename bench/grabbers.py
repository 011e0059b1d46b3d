"""Institutions that grab: open requests with a consent for each of them, and clients that claim one after the other."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

from bench.ours import prepared

SEED = 7
PLACES = 3


def settle(requests: int, banks: int) -> list[Any]:
    """The numbers of so many open requests, one an enterprise; with 0 how many orders each has."""
    prepared()
    from jiahe.financing.models import FinancingRequest

    if not requests:
        return [request.orders.count() for request in FinancingRequest.objects.all()]
    from django.db import transaction

    with transaction.atomic():
        codes = [_bank(number) for number in range(banks)]
        made = [_request(number) for number in range(1, requests + 1)]
        _consents(made, codes)
    return [request.number for request in made]


def _login(bank: int) -> str:
    return f"grabber-{bank:02}"


def _bank(number: int) -> Any:
    from jiahe.accounts.actions.enrol import enrol
    from jiahe.accounts.enums import OrganisationKind, Role
    from jiahe.accounts.models import Organisation
    from jiahe.kit.actor import Actor

    bank = Organisation.objects.create(code=f"bench-{number:02}", name="某银行", kind=OrganisationKind.INSTITUTION)
    enrol(
        actor=Actor.system("bench"),
        login=_login(number),
        name="某人",
        role=Role.ACCOUNT_MANAGER,
        password=None,
        organisation=bank,
    )
    return bank


def _request(serial: int) -> Any:
    from jiahe.accounts.models import User
    from jiahe.creditfile.models import Enterprise
    from jiahe.financing.models import FinancingRequest
    from jiahe.kit import clock

    uscc, now = f"9133XX{serial:012}", clock.now()
    Enterprise.objects.create(serial=serial, uscc=uscc, name="某企业")
    return FinancingRequest.objects.create(
        number=f"XQ{serial:08}",
        serial=serial,
        uscc=uscc,
        state="open",
        mode="grab",
        channel="grab",
        amount=Decimal(1_000_000),
        term_months=12,
        purpose="working_capital",
        guarantees=["credit"],
        places=PLACES,
        created_at=now,
        created_by=User.objects.get(login=_login(0)),
        submitted_at=now,
        window_until=now + timedelta(days=2),
    )


def _consents(requests: list[Any], banks: list[Any]) -> None:
    from jiahe.consent.models import Consent
    from jiahe.kit import clock

    now = clock.now()
    terms: dict[str, Any] = {"purpose": "pre_loan", "categories": ["0201"], "kind": "one_time", "state": "pending"}
    terms |= {"valid_from": now, "valid_until": now + timedelta(days=30), "lookback_months": 14, "data_life_days": 180}
    rows = (
        Consent(
            number=f"SQ{request.serial:08}{place:02}",
            serial=request.serial,
            uscc=request.uscc,
            grantee=bank,
            subject_ref=f"request:{request.number}",
            requested_at=now,
            requested_by="bench",
            **terms,
        )
        for request in requests
        for place, bank in enumerate(banks)
    )
    Consent.objects.bulk_create(rows, batch_size=1_000)


def grab(numbers: list[str], first: int, clients: int) -> list[tuple[str, float]]:
    """Every client claims each request, in an order of its own: what it met, and how long that took."""
    prepared()
    if not clients:
        return []
    connected = Barrier(clients)
    with ThreadPoolExecutor(clients) as pool:
        found = pool.map(lambda bank: _claims(numbers, bank, connected), range(first, first + clients))
        return [answer for answers in found for answer in answers]


def _claims(numbers: list[str], bank: int, connected: Barrier) -> list[tuple[str, float]]:
    from django.db import connections

    actor, met = _actor(bank), list[tuple[str, float]]()
    connected.wait()  # a connection that is opened once is not timed
    try:
        for number in random.Random(SEED + bank).sample(numbers, len(numbers)):
            began = time.perf_counter()
            what = _claim(actor, number)
            met.append((what, time.perf_counter() - began))
    finally:
        connections.close_all()
    return met


def _claim(actor: Any, number: str) -> str:
    from jiahe.financing.actions.claim import claim
    from jiahe.kit.errors import JiaheError

    try:
        claim(actor=actor, number=number, amount=Decimal(500_000), rate=Decimal(4))
    except JiaheError as refused:
        return type(refused).__name__
    return "won"


def _actor(bank: int) -> Any:
    from jiahe.accounts.actor import as_actor
    from jiahe.accounts.models import Membership

    members = Membership.objects.select_related("user", "organisation", "branch")
    return as_actor(members.get(user__login=_login(bank)), "bench")


def owners(requests: int) -> list[tuple[str, str]]:
    """The pages of so many requests, each with a session of its enterprise's owner."""
    prepared()
    from django.test import Client

    from jiahe.accounts.actions.enrol import enrol
    from jiahe.accounts.enums import OrganisationKind, Role
    from jiahe.accounts.models import Organisation
    from jiahe.financing.models import FinancingRequest
    from jiahe.kit.actor import Actor
    from tests.people import sign_in

    pages = []
    for request in FinancingRequest.objects.order_by("pk")[:requests]:
        own = Organisation.objects.create(code=request.uscc, name="某企业", kind=OrganisationKind.ENTERPRISE)
        owner = enrol(
            actor=Actor.system("bench"),
            login=f"owner-{request.serial}",
            name="某人",
            role=Role.ENTERPRISE_ADMIN,
            password=None,
            organisation=own,
        )
        client = Client()
        sign_in(client, owner)
        pages.append((f"/enterprise/requests/{request.number}/", client.cookies["sessionid"].value))
    return pages
