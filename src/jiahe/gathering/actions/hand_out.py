"""Hand the refused records of a batch out as a workbook; who took them is in the journal."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.gathering import refused
from jiahe.gathering.models import Batch
from jiahe.kit.actor import Actor


def hand_out(*, actor: Actor, batch: Batch) -> Path:
    """The workbook of a batch's open refused records, in a temporary place."""
    path = refused.export_xlsx(batch.pk)
    with transaction.atomic():
        facts = {"category": batch.category, "open": refused.still_open(batch)}
        write(actor=actor, action="gathering.hand_out", subject=f"batch:{batch.pk}", facts=facts)
    return path
