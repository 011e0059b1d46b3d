"""Which institutions an open request can go to."""

from __future__ import annotations

from datetime import date

from jiahe.accounts.enums import OrganisationKind, OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.catalogue.areas import covers
from jiahe.products.queries.products import on_shelf


def eligible(*, area: str, today: date) -> list[Organisation]:
    """Active institutions with a product on the shelf that serves the county, by name; all active ones where none has.

    A product that names no region serves every county.
    """
    active = Organisation.objects.filter(kind=OrganisationKind.INSTITUTION, state=OrganisationState.ACTIVE)
    listed = on_shelf(today).select_related(None).prefetch_related(None).order_by()
    regions = listed.values_list("institution", "current__regions")
    serving = {institution for institution, named in regions if not named or any(covers(one, area) for one in named)}
    found = active.filter(pk__in=serving).order_by("name") if serving else active.order_by("name")
    return list(found)
