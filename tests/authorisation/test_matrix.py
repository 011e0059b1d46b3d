"""Who may open what: every URL of the site has its rows, and every kind of reader is tried on every one of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.accounts.models import User
from tests.people import organisation, person, sign_in

ANONYMOUS = "anonymous"
READERS: tuple[str, ...] = (ANONYMOUS, *Role)
GROUPS: dict[str, tuple[str, ...]] = {
    "anyone": READERS,
    "signed_in": tuple(Role),
    **{kind.value: ROLES[kind] for kind in OrganisationKind},
}
# What stands for a part of an address; nothing of it exists, so that who is let in is answered with 404.
SAMPLES = {"uscc": "91330100799655058B", "code": "0101", "section": "assets"}
Row = tuple[str, str, tuple[str, ...]]


def _rows() -> list[Row]:
    with (Path(__file__).parent / "matrix.csv").open(encoding="utf-8", newline="") as file:
        return [(r["url"], r["method"], _readers(r["who"])) for r in csv.DictReader(file)]


def _readers(who: str) -> tuple[str, ...]:
    return tuple(reader for part in who.split() for reader in GROUPS.get(part, (part,)))


def _patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one


PATTERNS = dict(_patterns(get_resolver()))
ROWS = _rows()


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert sorted({url for url, _, _ in ROWS}) == sorted(PATTERNS)


def test_rows_name_readers_that_exist() -> None:
    assert {reader for _, _, who in ROWS for reader in who} <= set(READERS)


@pytest.mark.django_db
def test_each_reader_is_let_in_where_the_matrix_says_and_nowhere_else() -> None:
    people: dict[str, User] = {role: _person(role) for role in Role}
    holes = {}
    for url, method, who in ROWS:
        let_in = [reader for reader in READERS if _is_let_in(_ask(people.get(reader), method, _address(url)))]
        if let_in != [reader for reader in READERS if reader in who]:
            holes[f"{url} {method}"] = let_in
    assert holes == {}


def _address(url: str) -> str:
    names = PATTERNS[url].pattern.converters
    return reverse(url, kwargs={name: SAMPLES.get(name, 1 if _is_number(url, name) else "none") for name in names})


def _is_number(url: str, name: str) -> bool:
    return type(PATTERNS[url].pattern.converters[name]).__name__ == "IntConverter"


def _ask(user: User | None, method: str, address: str) -> HttpResponseBase:
    """The answer; what it changed is undone."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if user:
            sign_in(client, user)
        answer = client.generic(method, address)
        transaction.set_rollback(True)
    return answer


def _person(role: Role) -> User:
    kind = next(kind for kind, roles in ROLES.items() if role in roles)
    return person(role, role, organisation(f"{kind}-1", kind))


def _is_let_in(answer: HttpResponseBase) -> bool:
    """Anything but the way to the sign-in page, the refusal of a role, and an error."""
    assert answer.status_code < 500
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/?next=")
    return not to_sign_in and not (
        answer.status_code == 403 and b"accounts.wrong_role" in getattr(answer, "content", b"")
    )
