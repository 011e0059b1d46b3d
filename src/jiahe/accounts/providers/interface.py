"""What every provider of sign-in does: begin, and say at the end who it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from django.utils.functional import Promise

from jiahe.accounts.errors import AnswerInvalid
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit import uscc


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way. `kept` waits in the session; one goes to `address`, or scans `picture` with a phone."""

    kept: dict[str, str]
    address: str = ""
    picture: str = ""


class Provider(Protocol):
    """`ProviderDown` where it cannot be reached, `AnswerInvalid` where its answer proves nothing; nothing is changed."""

    code: ClassVar[str]
    label: ClassVar[str | Promise]

    def begin(self, back: str) -> Begun:
        """Start; `back` is the address that the provider sends the browser to at the end."""

    def finish(self, kept: Mapping[str, str], answer: Mapping[str, str]) -> VerifiedEntity | None:
        """Who it was; None while the person has not confirmed yet."""


@dataclass(frozen=True)
class Claims:
    """What a provider states, after its signature was checked."""

    provider: str
    label: str | Promise
    values: Mapping[str, object] = field(repr=False)

    def demand(self, **expected: str) -> None:
        """`AnswerInvalid` unless each is as expected."""
        if any(self.values.get(name) != value for name, value in expected.items()):
            raise AnswerInvalid(provider=self.label)

    def entity(self) -> VerifiedEntity:
        """`AnswerInvalid` where something is missing, or the code is none."""
        texts = {name: self.values.get(name) for name in ("sub", "uscc", "entity_name", "representative")}
        if not all(isinstance(text, str) and 0 < len(text) <= 200 for text in texts.values()):
            raise AnswerInvalid(provider=self.label)
        code = str(texts["uscc"])
        if uscc.problem(code) is not None:
            raise AnswerInvalid(provider=self.label)
        return VerifiedEntity(
            provider=self.provider,
            subject=str(texts["sub"]),
            uscc=code,
            name=str(texts["entity_name"]),
            representative=str(texts["representative"]),
        )
