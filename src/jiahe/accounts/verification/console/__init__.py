"""The operator decides, with the papers in hand: `jiahe accounts verifications` lists, `jiahe accounts confirm` answers."""

from __future__ import annotations

from jiahe.accounts.enums import VerificationState
from jiahe.accounts.verification import Question


def begin(question: Question) -> VerificationState:  # noqa: ARG001 - the operator is told the number by the enterprise
    return VerificationState.WAITING
