"""Open, change and close a branch of an institution."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts import typed
from jiahe.accounts.enums import MembershipState, OrganisationKind, Role
from jiahe.accounts.errors import BranchInItself, BranchInUse, BranchTaken, NoSuchBranch, NotYourself
from jiahe.accounts.models import Branch, Membership, Organisation
from jiahe.accounts.queries.branches import below, kept
from jiahe.accounts.queries.staff import keeps
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor

LONGEST_CODE, LONGEST_NAME = 40, 100


@dataclass(frozen=True)
class Described:
    """A branch as it is to be; `parent` is a code, empty directly below the head office."""

    name: str
    parent: str
    area: str = ""


@transaction.atomic
def open_branch(*, actor: Actor, organisation: str, code: str, described: Described) -> Branch:
    """A new branch below one that the actor keeps. `NoSuchBranch`, `BranchTaken`, and what `typed` refuses."""
    institution = _institution(actor, organisation)
    branch = Branch(institution=institution, code=typed.line(code, _("网点代码"), LONGEST_CODE))
    _describe(actor, branch, described)
    try:
        with transaction.atomic():
            branch.save(force_insert=True)
    except IntegrityError as error:
        raise BranchTaken(code=branch.code) from error
    _journal(actor, branch, "accounts.open_branch")
    return branch


@transaction.atomic
def change_branch(*, actor: Actor, organisation: str, code: str, described: Described) -> Branch:
    """Another name, area or place in the tree. `NoSuchBranch`; `BranchInItself`; `NotYourself` for one's own branch."""
    institution = _institution(actor, organisation)
    branch = _kept(actor, institution, code)
    if described.parent in {node.branch.code for node in below(institution.code, branch.code)}:
        raise BranchInItself
    _describe(actor, branch, described)
    branch.save(update_fields=["name", "area", "parent"])
    _journal(actor, branch, "accounts.change_branch")
    return branch


@transaction.atomic
def close_branch(*, actor: Actor, organisation: str, code: str) -> None:
    """Nobody can be placed there any more; `BranchInUse` while people act there or branches lie below it."""
    branch = _kept(actor, _institution(actor, organisation), code)
    people = Membership.objects.filter(branch=branch, state=MembershipState.ACTIVE).count()
    branches = Branch.objects.filter(parent=branch, is_active=True).count()
    if people or branches:
        raise BranchInUse(branch=branch.name, people=people, branches=branches)
    Branch.objects.filter(pk=branch.pk).update(is_active=False)
    _journal(actor, branch, "accounts.close_branch")


def _institution(actor: Actor, organisation: str) -> Organisation:
    """The institution, held: a tree is changed by one at a time."""
    found = keeps(actor=actor, organisation=organisation)
    if found.kind != OrganisationKind.INSTITUTION:
        raise NoSuchBranch
    return Organisation.objects.select_for_update().get(pk=found.pk)


def _kept(actor: Actor, institution: Organisation, code: str) -> Branch:
    found = kept(actor=actor, organisation=institution, code=code)
    if found is None:
        raise NoSuchBranch
    if actor.role == Role.BRANCH_ADMIN and found.code == actor.branch:
        raise NotYourself
    return found


def _describe(actor: Actor, branch: Branch, described: Described) -> None:
    branch.parent = kept(actor=actor, organisation=branch.institution, code=described.parent)
    branch.name = typed.line(described.name, _("网点名称"), LONGEST_NAME)
    branch.area = described.area


def _journal(actor: Actor, branch: Branch, action: str) -> None:
    facts = {"institution": branch.institution.code, "parent": branch.parent.code if branch.parent else ""}
    write(actor=actor, action=action, subject=f"branch:{branch.pk}", facts=facts)
