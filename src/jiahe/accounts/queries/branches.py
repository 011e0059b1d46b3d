"""The branches of an institution as a tree, and the part of it that somebody keeps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jiahe.accounts.enums import MembershipState, OrganisationKind, Role
from jiahe.accounts.errors import NoSuchBranch
from jiahe.accounts.models import Branch, Membership, Organisation
from jiahe.kit.actor import Actor


@dataclass(frozen=True)
class Node:
    """A branch and how deep it lies below the top of what is shown."""

    branch: Branch
    depth: int


def tree(*, actor: Actor) -> list[Node]:
    """The branches that the actor keeps, each before those below it: all for the head office, else one's own down."""
    return below(actor.organisation, actor.branch if actor.role == Role.BRANCH_ADMIN else None)


def below(institution: str, top: str | None = None) -> list[Node]:
    """The branches of an institution, or one of them with those below it; one query."""
    children: dict[int | None, list[Branch]] = defaultdict(list)
    for branch in Branch.objects.filter(institution__code=institution).order_by("code"):
        children[branch.parent_id].append(branch)
    roots = children[None] if top is None else [b for own in children.values() for b in own if b.code == top]
    found: list[Node] = []
    waiting = [Node(branch, 0) for branch in reversed(roots)]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += [Node(child, node.depth + 1) for child in reversed(children[node.branch.pk])]
    return found


def kept(*, actor: Actor, organisation: Organisation, code: str) -> Branch | None:
    """The branch of a code within what the actor keeps, None for the head office; `NoSuchBranch` for any other."""
    if organisation.kind != OrganisationKind.INSTITUTION:
        if code:
            raise NoSuchBranch
        return None
    if not code and actor.role != Role.BRANCH_ADMIN:
        return None
    nodes = tree(actor=actor) if actor.role == Role.BRANCH_ADMIN else below(organisation.code)
    found = next((node.branch for node in nodes if node.branch.code == code), None)
    if found is None:
        raise NoSuchBranch
    return found


def administrators(institution: Organisation, branch: Branch | None) -> list[Membership]:
    """Who keeps a branch: its administrators, else those of the nearest one above that has some, else the head office's."""
    active = Membership.objects.filter(organisation=institution, state=MembershipState.ACTIVE, user__is_active=True)
    while branch is not None:
        if found := list(active.filter(role=Role.BRANCH_ADMIN, branch=branch).order_by("pk")):
            return found
        branch = branch.parent
    return list(active.filter(role=Role.HEAD_ADMIN).order_by("pk"))
