"""End sessions of one's own, from wherever."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.db import transaction

from jiahe.accounts.errors import NoSuchSession
from jiahe.accounts.models import SignedInSession, User
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor


@transaction.atomic
def end_session(*, actor: Actor, user: User, session_id: int) -> None:
    """`NoSuchSession` where it is none of the person's, or has ended already."""
    session = user.sessions.filter(pk=session_id).first()
    if session is None:
        raise NoSuchSession
    _end(session)
    write(actor=actor, action="accounts.end_session", subject=f"user:{user.pk}")


@transaction.atomic
def end_sessions(*, actor: Actor, user: User, but: str | None) -> int:
    """End all but the one under the key `but`; gives how many."""
    others = list(user.sessions.exclude(key=but or ""))
    for session in others:
        _end(session)
    write(actor=actor, action="accounts.end_sessions", subject=f"user:{user.pk}", facts={"count": len(others)})
    return len(others)


def _end(session: SignedInSession) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore(session.key).delete()
    session.delete()
