"""The marketplace of the demonstration: invented products of invented institutions, the same from the same seed.

They are written in bulk, as if they had been approved long ago; a few of the demonstration's own bank go through the
real steps, so that its people and the supervisor have something to do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import OrganisationKind
from jiahe.accounts.models import Membership, Organisation
from jiahe.audit.journal import write
from jiahe.commands.demo_people import BANK
from jiahe.commands.demo_terms import terms
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products import stored
from jiahe.products.actions.draft import draft
from jiahe.products.actions.popularity import rank
from jiahe.products.actions.shelve import suspend
from jiahe.products.actions.submit import submit
from jiahe.products.checks import completed
from jiahe.products.enums import ProductState, VersionState
from jiahe.products.models import Product, ProductVersion
from jiahe.products.terms import Terms

SEED = 7
PRODUCTS = 469
KINDS = (_("国有银行"), _("股份制银行"), _("城商行"), _("农商行"), _("村镇银行"), _("小额贷款公司"))
LETTERS = "甲乙丙丁戊"
MOST_APPLICATIONS = 400


@transaction.atomic
def publish() -> None:
    """Fill the marketplace, and leave something to do to the bank and the supervisor; once."""
    if fill():
        _at_work()


@transaction.atomic
def fill() -> bool:
    """Put the products on the shelf, the demonstration's bank among those that offer them; False where there are some."""
    if Product.objects.exists():
        return False
    random = Random(SEED)  # noqa: S311 - a demonstration, no secret
    institutions = [Organisation.objects.get(code=BANK), *_institutions()]
    offered = [(institutions[n % len(institutions)], one) for n, one in enumerate(terms(random, PRODUCTS))]
    _on_the_shelf(offered, random)
    rank(
        actor=Actor.system("console"),
        applications={
            number: random.randrange(MOST_APPLICATIONS) for number in Product.objects.values_list("number", flat=True)
        },
    )
    write(actor=Actor.system("console"), action="products.demonstrate", subject="products", facts={"count": PRODUCTS})
    return True


def _institutions() -> list[Organisation]:
    names = [str(_("演示{kind}({letter})")).format(kind=kind, letter=letter) for kind in KINDS for letter in LETTERS]
    kept = [
        Organisation(
            code=f"{BANK}-{n:02}", name=name, kind=OrganisationKind.INSTITUTION, hotline=f"0573-{84000000 + n}"
        )
        for n, name in enumerate(names[1:], start=1)
    ]
    return Organisation.objects.bulk_create(kept)


def _on_the_shelf(offered: list[tuple[Organisation, Terms]], random: Random) -> None:
    """All with their first version, approved some time in the last year."""
    now = clock.now()
    products = Product.objects.bulk_create(
        Product(number=f"CPDEMO{n:04}", institution=institution, created_at=now, generated=True)
        for n, (institution, _terms) in enumerate(offered, start=1)
    )
    said = [completed(one) for _institution, one in offered]
    made = []
    for product, one in zip(products, said, strict=True):
        at = now - timedelta(days=random.randrange(1, 365))
        facts = {"drafted_at": at, "submitted_at": at, "decided_at": at, "state": VersionState.APPROVED}
        made.append(ProductVersion(product=product, number=1, **facts, **stored.values(one)))
    versions = ProductVersion.objects.bulk_create(made)
    stored.save_rows(stored.rows(version, one) for version, one in zip(versions, said, strict=True))
    approved = ProductVersion.objects.filter(product=OuterRef("pk")).values("pk")[:1]
    Product.objects.update(state=ProductState.ON, current=Subquery(approved))


def _at_work() -> None:
    """The demonstration bank's desk: a changed product and a new one wait, one is suspended, one is a draft."""
    head = Membership.objects.select_related("user", "organisation", "branch").get(user__login="head")
    actor = as_actor(head, "console")
    own = list(Product.objects.filter(institution__code=BANK).order_by("pk"))
    changed = draft(actor=actor, terms=_cheaper(own[0]), number=own[0].number)
    submit(actor=actor, number=own[0].number, version=changed.number)
    suspend(actor=actor, number=own[1].number)
    fresh = [replace(one, name=f"{one.name}新版") for one in terms(Random(SEED + 1), 2)]  # noqa: S311
    submit(actor=actor, number=draft(actor=actor, terms=fresh[0]).product.number, version=1)
    draft(actor=actor, terms=fresh[1])
    Product.objects.filter(institution__code=BANK).update(generated=True)


def _cheaper(product: Product) -> Terms:
    """The same with the promise of a day less and fewer documents."""
    assert product.current
    now = stored.terms_of(product.current)
    return replace(now, promised_days=max((now.promised_days or 2) - 1, 1), materials=(now.materials or ())[:2] or None)
