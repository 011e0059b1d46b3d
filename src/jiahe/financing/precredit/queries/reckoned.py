"""An enterprise's points, and its limit under each rule: worked out where they are asked for, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.creditfile.models import Enterprise
from jiahe.financing.precredit.errors import BeyondLimit, LimitExpired, NoLimit, NotYours, RuleChanged
from jiahe.financing.precredit.models import LimitRule, Precredit
from jiahe.financing.precredit.queries.rules import in_force, lendable
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.models import Product
from jiahe.scoring.points.limit import WAN, limit
from jiahe.scoring.points.measures import BASES
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.points.queries.known import Of, known
from jiahe.scoring.points.queries.versions import in_force as system_in_force
from jiahe.scoring.points.system import Points, points


@dataclass(frozen=True)
class Reckoned:
    """The points of an enterprise by the system in force, from the data of `of.as_of`."""

    version: SystemVersion
    of: Of
    points: Points


@dataclass(frozen=True)
class Offered:
    """What one institution's rule makes of them; `amount` (yuan) is None where the base is not known."""

    rule: LimitRule
    amount: int | None
    valid_until: date
    products: tuple[Product, ...]

    @property
    def expired(self) -> bool:
        return self.valid_until < clock.today()

    @property
    def open(self) -> bool:
        """Whether it can be applied for."""
        return bool(self.amount) and not self.expired and bool(self.products)


def reckoned(serial: int) -> Reckoned | None:
    """None where no system is in force, or nothing is known of the enterprise."""
    version = system_in_force()
    if version is None:
        return None
    system = version.system
    of = known([serial], (*system.features, *BASES)).get(serial)
    return Reckoned(version, of, points(system, of.values)) if of else None


def of_the_reader(actor: Actor) -> tuple[Reckoned | None, list[Offered]]:
    """The actor's own enterprise's points, and its limit at every institution that takes part.

    `NotYours` for who does not act for an enterprise: to everybody else there is no such list.
    """
    if actor.role not in ROLES[OrganisationKind.ENTERPRISE]:
        raise NotYours(who=OrganisationKind.ENTERPRISE.label)
    serial = Enterprise.objects.filter(uscc=actor.organisation).values_list("serial", flat=True).first()
    found = reckoned(serial) if serial else None
    return found, [offered(rule, found) for rule in in_force()] if found else []


def offered(rule: LimitRule, found: Reckoned) -> Offered:
    amount = limit(rule.formula, found.points.total, found.of.values)
    named = {product.pk for product in rule.products.all()}
    products = [product for product in lendable(rule.institution.code) if product.pk in named]
    return Offered(rule, amount, found.of.as_of + timedelta(days=rule.valid_days), tuple(products))


def attachable(precredit: Precredit) -> tuple[Reckoned, Offered]:
    """What a draft's points and limit are now, where it may go out as it stands.

    `RuleChanged`, `NoLimit`, `LimitExpired` or `BeyondLimit` where it may not.
    """
    request, institution = precredit.request, precredit.rule.institution.name
    rule = in_force().filter(pk=precredit.rule_id).first()
    if rule is None:
        raise RuleChanged(institution=institution, number=precredit.rule.number)
    found = reckoned(request.serial)
    own = offered(rule, found) if found else None
    if found is None or own is None or not own.amount or request.product is None:
        raise NoLimit(institution=institution)
    if own.expired:
        raise LimitExpired(institution=institution, until=f"{own.valid_until:%Y-%m-%d}")
    assert request.amount is not None
    if request.amount > own.amount:
        raise BeyondLimit(institution=institution, asked=f"{request.amount / WAN:,.6g}", limit=f"{own.amount // WAN:,}")
    return found, own
