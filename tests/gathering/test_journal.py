"""What people do with deliveries and refused records is in the journal, under their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from jiahe.audit.models import Entry
from jiahe.catalogue import load
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.actions.hand_out import hand_out
from jiahe.gathering.actions.purge import purge
from jiahe.gathering.actions.take_back import take_back
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor
from tests.conftest import Installation
from tests.gathering.test_take_back import TAXPAYERS, corrected, sheet
from tests.people import actor, data_officer, sign_in

CLERK = Actor(None, "clerk", "02", "department_clerk", "portal")


def rows(prefix: str = "gathering.") -> list[tuple[str, str, str]]:
    found = Entry.objects.filter(action__startswith=prefix).order_by("pk")
    return list(found.values_list("action", "login", "subject"))


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_delivery_its_refused_records_and_their_return(tmp_path: Path, client: Client) -> None:
    officer = data_officer()
    file = tmp_path / "taxpayers.csv"
    file.write_text(TAXPAYERS, encoding="utf-8")
    batch = gather(actor=CLERK, delivery=Delivery(load().categories["0201"], [file], source="02"))
    workbook = hand_out(actor=CLERK, batch=batch)
    sign_in(client, officer)
    answer = client.get(f"/authority/gathering/batches/{batch.pk}/quarantine.xlsx")
    assert answer.status_code == 200
    answer.close()
    back = corrected(sheet(workbook), tmp_path / "back.xlsx", 统一社会信用代码=(1, "91110108551385082Q"))
    outcome = take_back(actor=actor(officer), file=back)
    first, second = f"batch:{batch.pk}", f"batch:{outcome.batch.pk}"
    assert rows() == [
        ("gathering.gather", "clerk", first),
        ("gathering.hand_out", "clerk", first),
        ("gathering.hand_out", "officer", first),
        ("gathering.gather", "officer", second),
        ("gathering.take_back", "officer", first),
    ]
    assert Entry.objects.get(action="gathering.take_back").facts == {"by": outcome.batch.pk, "read": 2, "closed": 1}


@pytest.mark.django_db(databases="__all__")
def test_what_retention_removes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2024-01-01T10:00:00")
    file = tmp_path / "taxpayers.csv"
    file.write_text(TAXPAYERS, encoding="utf-8")
    category = load().categories["0201"]
    gather(actor=CLERK, delivery=Delivery(category, [file], source="02"))
    monkeypatch.setenv("JIAHE_NOW", "2026-01-01T10:00:00")
    (proof,) = purge(actor=CLERK, category=category)
    entry = Entry.objects.get(action="gathering.purge")
    assert (entry.login, entry.subject) == ("clerk", f"purge:{proof.pk}")
    assert entry.facts["rule"] == "quarantine_retention_days"


def test_a_restored_installation_verifies_and_says_that_it_was_restored(
    installation: Installation, other_installation: Installation, tmp_path: Path
) -> None:
    installation.run("audit", "verify")
    installation.run("audit", "verify")
    installation.run("backup", tmp_path / "backup")
    other_installation.run("restore", tmp_path / "backup")
    other_installation.run("audit", "verify")
    answer = other_installation.python(
        "from jiahe.audit.models import Entry; print([e.action for e in Entry.objects.order_by('pk')])"
    )
    assert answer.strip() == str(["audit.verify", "audit.verify", "gathering.restore", "audit.verify"])
