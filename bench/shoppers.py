"""Who looks around in the marketplace: anybody, each with one to three wishes, in an order of their own."""

from __future__ import annotations

import random
import time

from bench.deliveries import SEED
from bench.ours import prepared

WARM_UP = 20
MOST_WISHES = 3


def wishes(count: int) -> tuple[int, list[str]]:
    """Fills the shelf where it is empty; the number of products, and the addresses of pages."""
    prepared()
    from jiahe.accounts.enums import OrganisationKind
    from jiahe.accounts.models import Organisation
    from jiahe.commands.demo_people import BANK
    from jiahe.commands.demo_products import fill
    from jiahe.products.queries.shelf import shelf

    Organisation.objects.get_or_create(code=BANK, defaults={"name": "某银行", "kind": OrganisationKind.INSTITUTION})
    fill()
    chance = random.Random(SEED)
    return len(shelf().products), [_address(chance) for _ in range(count)]


def _address(chance: random.Random) -> str:
    from jiahe.portals.public.marketplace.address import ORDERS, Address
    from jiahe.products.filters import Wishes
    from jiahe.products.queries.shelf import shelf

    values = shelf().table.values
    facets = chance.sample(list(values), chance.randrange(1, MOST_WISHES + 1))
    chosen = {facet: (chance.choice(values[facet]),) for facet in facets}
    return f"/marketplace/?{Address(Wishes(chosen), chance.choice(ORDERS)).query}"


def processor_seconds(paths: list[str]) -> list[float]:
    """What each page takes of one processor, without a server."""
    prepared()
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for path in paths[:WARM_UP]:
        client.get(path)
    spent = []
    for path in paths:
        began = time.process_time()
        client.get(path)
        spent.append(time.process_time() - began)
    return spent
