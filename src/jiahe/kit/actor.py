"""Who acts: the first argument of every action and query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person in one role for one organisation (and one of its branches), or the system itself, through one channel.

    `representative`: verified as the legal representative, operator or owner of the enterprise acted for.
    """

    user_id: int | None
    login: str
    organisation: str
    role: str
    channel: str
    branch: str = ""
    representative: bool = False

    @classmethod
    def system(cls, channel: str = "worker") -> Actor:
        return cls(None, "system", "platform", "system", channel)

    @classmethod
    def visitor(cls, channel: str = "portal") -> Actor:
        """Somebody who has not signed in."""
        return cls(None, "visitor", "public", "visitor", channel)
