"""Take a product and one of its versions a step further, as the table says: conditional UPDATEs decide."""

from __future__ import annotations

from typing import Any

from jiahe.accounts.queries.administrators import supervisors
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell
from jiahe.products.enums import ProductState
from jiahe.products.errors import StateChanged
from jiahe.products.lifecycle import TRANSITIONS, Action, Shelf
from jiahe.products.models import Product, ProductVersion

# Whom each step tells: the supervisors, or the institution.
TO_SUPERVISORS = {
    Action.SUBMIT: "product.submitted",
    Action.SUSPEND: "product.suspended",
    Action.RESUME: "product.resumed",
    Action.WITHDRAW: "product.withdrawn",
}
TO_INSTITUTION = {Action.APPROVE: "product.approved", Action.REJECT: "product.rejected"}


def move_product(product: Product, action: Action, **changes: Any) -> None:
    """The product's own part of a step; it locks the row, so that steps of one product go one after the other.

    `StateChanged` where it is in a state without this step, or has just left the one it was in.
    """
    end = TRANSITIONS[action].shelf.get(Shelf(product.state))
    rows = Product.objects.filter(pk=product.pk, state=product.state)
    if end is None or not rows.update(state=end.value, **changes):
        product.refresh_from_db()
        raise StateChanged(number=product.number, state=ProductState(product.state).label)
    product.refresh_from_db()


def move_version(version: ProductVersion, action: Action, **changes: Any) -> None:
    """The version's part; `StateChanged` where somebody was there first."""
    transition = TRANSITIONS[action]
    assert transition.end
    rows = ProductVersion.objects.filter(pk=version.pk, state__in=[s.value for s in transition.start])
    moved = rows.update(state=transition.end.value, **changes)
    version.refresh_from_db()
    if not moved:
        raise StateChanged(number=version.product.number, state=version.get_state_display())


def record(actor: Actor, action: Action, product: Product, version: ProductVersion, reason: str = "") -> None:
    """Write a step into the journal, and tell those whom it concerns."""
    facts = {"institution": product.institution.code, "version": version.number, "state": product.state}
    write(actor=actor, action=f"products.{action}", subject=subject(product), facts=facts)
    told = {"number": product.number, "name": version.name, "institution": product.institution.name, "reason": reason}
    if template := TO_SUPERVISORS.get(action):
        page = f"/authority/products/{product.number}/{version.number}/"
        for one in supervisors():
            tell(organisation=one.organisation.code, user_id=one.user_id, template=template, facts=told, link=page)
    if template := TO_INSTITUTION.get(action):
        page = f"/bank/products/{product.number}/"
        tell(organisation=product.institution.code, template=template, facts=told, link=page)


def subject(product: Product) -> str:
    return f"product:{product.number}"
