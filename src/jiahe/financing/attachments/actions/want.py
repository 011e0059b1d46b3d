"""Ask an enterprise for papers, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.audit.journal import write
from jiahe.financing.attachments import title
from jiahe.financing.attachments.enums import DocumentKind
from jiahe.financing.attachments.errors import NothingWanted
from jiahe.financing.attachments.models import Wanted
from jiahe.financing.models import Order
from jiahe.financing.parties import user_of
from jiahe.kit import clock
from jiahe.kit.actor import Actor

MOST = 20
Paper = tuple[str, str]  # a kind's code, and a title where the kind alone does not say it


@transaction.atomic
def want(*, actor: Actor, order: Order, papers: Sequence[Paper], due_at: datetime | None = None) -> list[Wanted]:
    """Enter what is asked for with the step that asks (`ask_more`), which decides whether the actor may.

    A paper that is asked for already and has not come keeps its row.
    """
    asked = checked(papers)
    known = set(Wanted.objects.filter(order=order, supplied_at=None).values_list("kind", "title"))
    now, by = clock.now(), user_of(actor)
    rows = [
        Wanted(order=order, kind=kind, title=words, asked_by_id=by, asked_at=now, due_at=due_at)
        for kind, words in asked
        if (kind.value, words) not in known
    ]
    Wanted.objects.bulk_create(rows)
    facts = {"kinds": [row.kind for row in rows]}
    write(actor=actor, action="attachments.want", subject=f"order:{order.number}", facts=facts)
    return rows


def checked(papers: Sequence[Paper]) -> list[tuple[DocumentKind, str]]:
    """The papers, each once; `NothingWanted` for none, too many, or one twice."""
    found = [title.checked(kind, words) for kind, words in papers]
    if not 0 < len(found) <= MOST or len(set(found)) < len(found):
        raise NothingWanted(most=MOST)
    return found


def said(papers: Sequence[Paper]) -> str:
    """The papers in one line, as the order and its messages say them."""
    return str(_("、")).join(words or str(kind.label) for kind, words in checked(papers))
