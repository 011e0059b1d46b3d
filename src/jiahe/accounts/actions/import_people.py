"""Take institutions, branches and people from a workbook: good rows are taken, the others told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiahe.accounts import errors, typed, workbook
from jiahe.accounts.actions.change_member import change_member
from jiahe.accounts.actions.invite import Guest, invite
from jiahe.accounts.actions.keep_branch import Described, change_branch, open_branch
from jiahe.accounts.actions.open_organisation import open_organisation
from jiahe.accounts.enums import ROLES, InvitationState, OrganisationKind, Role
from jiahe.accounts.models import Branch, Invitation, Organisation
from jiahe.accounts.queries import staff
from jiahe.accounts.workbook import Refused, Row, Values
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.kit.errors import JiaheError


class NoSuchRole(JiaheError):
    code = "accounts.no_such_role"
    status = 422
    template = _("没有名为“{role}”的角色：请从模板的列表中选择。")


class InstitutionNameDiffers(JiaheError):
    code = "accounts.institution_name_differs"
    status = 409
    template = _("机构代码“{code}”已有名称“{name}”：请核对，导入不更改名称。")


# Which column a refusal is about; the row as a whole where none is named.
BESIDE: dict[type[JiaheError], str] = {
    errors.NoSuchOrganisation: workbook.INSTITUTION,
    errors.OrganisationTaken: workbook.INSTITUTION,
    errors.OrganisationNotActive: workbook.INSTITUTION,
    InstitutionNameDiffers: workbook.NAME,
    errors.NoSuchBranch: workbook.BRANCH,
    errors.BranchNeeded: workbook.BRANCH,
    errors.BranchInItself: workbook.PARENT,
    errors.NotALogin: workbook.LOGIN,
    errors.LoginTaken: workbook.LOGIN,
    errors.NotAPhone: workbook.PHONE,
    errors.AlreadyMember: workbook.PHONE,
    NoSuchRole: workbook.ROLE,
    errors.RoleNotYours: workbook.ROLE,
}


@dataclass
class Outcome:
    """How many rows changed something, how many said what is so already, and which were refused."""

    taken: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)


def import_people(*, actor: Actor, file: Path) -> Outcome:
    """Each row is a transaction of its own, under the actor's rights; the same workbook again changes nothing.

    New people get an invitation by SMS; the workbook holds no password. Raises as `workbook.read`, having changed
    nothing; what is wrong with a row refuses that row.
    """
    outcome = Outcome()
    rows = workbook.read(file)
    for sheet, take in TAKE.items():
        _take_all(actor, [row for row in rows if row.sheet == sheet], take, outcome)
    facts = {"taken": outcome.taken, "unchanged": outcome.unchanged, "refused": len(outcome.refused)}
    write(actor=actor, action="accounts.import", subject=f"organisation:{actor.organisation}", facts=facts)
    return outcome


def _take_all(actor: Actor, rows: list[Row], take: Take, outcome: Outcome) -> None:
    """Rows may stand before those they need: refused ones are tried again as long as others were taken."""
    while True:
        refused = []
        before = outcome.taken
        for row in rows:
            try:
                with transaction.atomic():
                    changed = take(actor, row.values)
            except JiaheError as problem:
                refused.append(_refused(row, problem))
            else:
                outcome.taken += changed
                outcome.unchanged += not changed
        rows = [one.row for one in refused]
        if not rows or outcome.taken == before:
            outcome.refused += refused
            return


def _refused(row: Row, problem: JiaheError) -> Refused:
    column = next((name for kind, name in BESIDE.items() if isinstance(problem, kind)), "")
    if isinstance(problem, errors.NoSuchBranch) and row.sheet == workbook.BRANCHES:
        column = workbook.PARENT
    return Refused(row, column, problem.sentence)


def _institution(actor: Actor, row: Values) -> bool:
    code, name = row[workbook.INSTITUTION], row[workbook.NAME]
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        open_organisation(actor=actor, kind=OrganisationKind.INSTITUTION, code=code, name=name, first=None)
        return True
    kept = staff.keeps(actor=actor, organisation=code)
    if kept.name != name:
        raise InstitutionNameDiffers(code=code, name=kept.name)
    return False


def _branch(actor: Actor, row: Values) -> bool:
    institution, code = row[workbook.INSTITUTION], row[workbook.BRANCH]
    described = Described(row[workbook.NAME], row[workbook.PARENT], row[workbook.AREA])
    staff.keeps(actor=actor, organisation=institution)
    found = Branch.objects.filter(institution__code=institution, code=code).select_related("parent").first()
    if found is None:
        open_branch(actor=actor, organisation=institution, code=code, described=described)
        return True
    now = Described(found.name, found.parent.code if found.parent else "", found.area)
    if now != described:
        change_branch(actor=actor, organisation=institution, code=code, described=described)
    return now != described


def _person(actor: Actor, row: Values) -> bool:
    institution = row[workbook.INSTITUTION]
    role, phone = _role(row[workbook.ROLE]), typed.phone(row[workbook.PHONE])
    digest = keyring().digest(phone)
    there = staff.members(actor=actor, organisation=institution).filter(user__phone_digest=digest).first()
    if there is None:
        return _invited(actor, institution, digest, row, role)
    if (there.role, there.branch.code if there.branch else "") == (role, row[workbook.BRANCH]):
        return False
    change_member(actor=actor, organisation=institution, number=there.pk, role=role, branch=row[workbook.BRANCH])
    return True


def _invited(actor: Actor, institution: str, phone: str, row: Values, role: Role) -> bool:
    open_ones = Invitation.objects.filter(organisation__code=institution, state=InvitationState.OPEN, role=role)
    if open_ones.filter(phone_digest=phone, branch__code=row[workbook.BRANCH] or None).exists():
        return False
    guest = Guest(
        name=row[workbook.PERSON],
        phone=row[workbook.PHONE],
        role=role,
        branch=row[workbook.BRANCH],
        login=row[workbook.LOGIN],
    )
    invite(actor=actor, organisation=institution, guest=guest)
    return True


def _role(text: str) -> Role:
    for role in ROLES[OrganisationKind.INSTITUTION]:
        if text in (role.value, str(role.label)):
            return role
    raise NoSuchRole(role=text)


Take = Callable[[Actor, Values], bool]
TAKE: dict[str, Take] = {
    workbook.INSTITUTIONS: _institution,
    workbook.BRANCHES: _branch,
    workbook.PEOPLE: _person,
}
