"""What the frame around a page needs to know: the reader's portal's shell, how much they have not read, whom to call."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import OrganisationKind
from jiahe.accounts.models import Membership
from jiahe.kit.configuration import setting
from jiahe.notify import inbox

PUBLIC = "public/shell.html"
SHELLS = {
    OrganisationKind.AUTHORITY: "authority/shell.html",
    OrganisationKind.DEPARTMENT: "department/shell.html",
    OrganisationKind.INSTITUTION: "bank/shell.html",
    OrganisationKind.ENTERPRISE: "enterprise/shell.html",
    OrganisationKind.AGENCY: "bank/shell.html",
}


def frame(request: HttpRequest) -> dict[str, Callable[[], object] | str]:
    """Context processor. What costs something is asked for only by templates that use it, and at most once."""
    return {
        "shell": lambda: _shell(request),
        "unread": cache(lambda: _unread(request)),
        "hotline": setting("JIAHE_HOTLINE"),
    }


def _acting(request: HttpRequest) -> Membership | None:
    """Truthiness, because what the middleware leaves is a lazy object."""
    return getattr(request, "acting", None) or None


def _shell(request: HttpRequest) -> str:
    acting = _acting(request)
    return SHELLS[OrganisationKind(acting.organisation.kind)] if acting else PUBLIC


def _unread(request: HttpRequest) -> int:
    acting = _acting(request)
    return inbox.unread(actor=as_actor(acting, "portal")) if acting else 0
