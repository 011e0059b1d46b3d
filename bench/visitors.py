"""Who comes to the door: a bank that every enterprise gave its consent, one reading, many, and a person at a browser."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from bench.ours import prepared

BANK, MANAGER = "bench-bank", "bench-manager"
CATEGORIES = ("0101", "0201", "0202", "0203", "0204", "0206", "0304", "0402", "0701", "0702")
SECTION = "operations"


def settle() -> list[tuple[str, int]]:
    """A bank, its manager, and a consent of each enterprise that names all that is not class R; codes and serials."""
    prepared()
    from django.db import transaction

    from jiahe.accounts.actions.enrol import enrol
    from jiahe.accounts.enums import OrganisationKind, Role
    from jiahe.accounts.models import Organisation
    from jiahe.creditfile.models import Enterprise
    from jiahe.kit.actor import Actor

    everybody = list(Enterprise.objects.order_by("serial").values_list("uscc", "serial"))
    if Organisation.objects.filter(code=BANK).exists():
        return everybody
    with transaction.atomic():
        bank = Organisation.objects.create(code=BANK, name="某银行", kind=OrganisationKind.INSTITUTION)
        enrol(
            actor=Actor.system("bench"),
            login=MANAGER,
            name="某人",
            role=Role.ACCOUNT_MANAGER,
            password=None,
            organisation=bank,
        )
        _consents(bank, everybody)
    return everybody


def _consents(bank: Any, everybody: list[tuple[str, int]]) -> None:
    from jiahe.catalogue import Authorisation, load
    from jiahe.consent.models import Consent
    from jiahe.kit import clock

    now = clock.now()
    named = [c.code for c in load().categories.values() if c.authorisation in (Authorisation.A1, Authorisation.A2)]
    terms: dict[str, Any] = {
        "purpose": "pre_loan",
        "categories": named,
        "kind": "one_time",
        "state": "active",
        "subject_ref": "order:1",
    }
    terms |= {"valid_from": now, "valid_until": now + timedelta(days=30), "lookback_months": 60, "data_life_days": 180}
    Consent.objects.bulk_create(
        [
            Consent(
                number=f"BENCH{n}", serial=n, uscc=uscc, grantee=bank, requested_at=now, requested_by="bench", **terms
            )
            for uscc, n in everybody
        ],
        batch_size=1_000,
    )


def _manager() -> Any:
    from jiahe.accounts.actor import as_actor
    from jiahe.accounts.models import Membership

    return as_actor(
        Membership.objects.select_related("user", "organisation", "branch").get(user__login=MANAGER), "bench"
    )


def read_each(chosen: list[tuple[str, int]], section: str = "") -> list[tuple[float, float]]:
    """For each enterprise the seconds of the store alone and of the door, on the same categories."""
    prepared()
    from jiahe import profiles
    from jiahe.catalogue import load
    from jiahe.creditfile.documents.store import DocumentStore

    categories = [c for c in load().categories.values() if not section or c.section == section]
    codes, actor, seconds = [c.code for c in categories], _manager(), []
    for uscc, serial in chosen:
        began = time.perf_counter()
        DocumentStore().read(serial, categories)
        stored = time.perf_counter()
        profiles.read(actor=actor, enterprise=uscc, categories=codes, purpose="pre_loan")
        seconds.append((stored - began, time.perf_counter() - stored))
    return seconds


def read_many(codes: list[str]) -> dict[str, int]:
    """One batch of many enterprises and ten categories: how many records, and how many log rows it left."""
    prepared()
    from jiahe import profiles
    from jiahe.audit.models import AccessLog

    before = AccessLog.objects.count()
    batch = profiles.read_many(actor=_manager(), enterprises=codes, categories=CATEGORIES, purpose="pre_loan")
    return {"records": sum(t.num_rows for t in batch.tables.values()), "logged": AccessLog.objects.count() - before}


def session() -> str:
    """The cookie of a session in which the manager is signed in."""
    prepared()
    from django.test import Client

    from jiahe.accounts.models import User
    from tests.people import sign_in

    client = Client()
    sign_in(client, User.objects.get(login=MANAGER))
    return client.cookies["sessionid"].value
