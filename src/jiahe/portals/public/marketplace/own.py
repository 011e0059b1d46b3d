"""What the marketplace knows of the enterprise that looks at it: its own data, read through the door, kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest

from jiahe import profiles
from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.products.filters import Facet, Wishes
from jiahe.products.models import Product
from jiahe.products.queries.shelf import counties, sections_of
from jiahe.products.standing import Standing, stand
from jiahe.profiles.enums import Purpose

REGISTRATION = "0101"  # class P0
COUNTY = 6
NOTHING = Wishes()


def registration(request: HttpRequest) -> Wishes:
    """The county and the industry of its public registration; nothing for any other visitor."""
    actor = _enterprise(request)
    if actor is None:
        return NOTHING
    try:
        found = profiles.read(
            actor=actor, enterprise=actor.organisation, categories=[REGISTRATION], purpose=Purpose.OWN
        ).enterprise
    except JiaheError:  # frozen, or not in the registry: it looks around like anybody
        return NOTHING
    county, sections = found.area[:COUNTY], sections_of((found.industry,)) if found.industry else ()
    chosen = {Facet.REGION: (county,) if county in counties() else (), Facet.INDUSTRY: tuple(sections)}
    return Wishes({facet: values for facet, values in chosen.items() if values})


def standing(request: HttpRequest, product: Product) -> Standing | None:
    """How it stands to the product's conditions; None for any other visitor, and where no conditions are published."""
    actor = _enterprise(request)
    if actor is None:
        return None
    try:
        return stand(actor=actor, product=product)
    except JiaheError:
        return None


def _enterprise(request: HttpRequest) -> Actor | None:
    """Truthiness, because what the middleware leaves is a lazy object."""
    acting = getattr(request, "acting", None) or None
    if acting is None or acting.role not in ROLES[OrganisationKind.ENTERPRISE]:
        return None
    acting.user = request.user
    return as_actor(acting, "portal")
