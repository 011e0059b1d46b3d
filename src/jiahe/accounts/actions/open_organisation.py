"""Open an organisation that does not register itself: an institution, a department, a rating agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts import rights, typed
from jiahe.accounts.actions.invite import Guest, invite
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.errors import NoSuchOrganisation, NotADepartment, NotFiled, OrganisationTaken, RoleNotYours
from jiahe.accounts.models import Organisation
from jiahe.audit.journal import write
from jiahe.catalogue import load
from jiahe.kit import clock
from jiahe.kit.actor import Actor

LONGEST_CODE, LONGEST_NAME, LONGEST_FILING = 40, 200, 60
# Whom the first invitation goes to.
FIRST = {
    OrganisationKind.INSTITUTION: Role.HEAD_ADMIN,
    OrganisationKind.DEPARTMENT: Role.DEPARTMENT_CLERK,
    OrganisationKind.AGENCY: Role.RATER,
}


@dataclass(frozen=True)
class Filing:
    """Under which number a rating agency is filed, and the last day on which that holds."""

    number: str
    until: date


@transaction.atomic
def open_organisation(
    *, actor: Actor, kind: OrganisationKind, code: str, name: str, first: Guest | None, filing: Filing | None = None
) -> Organisation:
    """A new organisation, and an invitation to its first person.

    `RoleNotYours`, `OrganisationTaken`, `NotADepartment` for a code that the catalogue does not have, `NotFiled` for an
    agency without a filing that holds today, and what `invite` refuses.
    """
    if kind not in FIRST:
        raise NoSuchOrganisation
    if FIRST[kind] not in rights.gives(actor, "", kind):
        raise RoleNotYours(role=FIRST[kind].label)
    opened = Organisation(
        code=typed.line(code, _("单位代码"), LONGEST_CODE),
        name=typed.line(name, _("单位名称"), LONGEST_NAME),
        kind=kind,
    )
    if kind == OrganisationKind.DEPARTMENT and code not in {d.code for d in load().departments}:
        raise NotADepartment(code=code)
    if kind == OrganisationKind.AGENCY:
        file(opened, filing)
    try:
        with transaction.atomic():
            opened.save(force_insert=True)
    except IntegrityError as error:
        raise OrganisationTaken(code=opened.code) from error
    facts = {"kind": kind, "filing": opened.filing_number}
    write(actor=actor, action="accounts.open_organisation", subject=f"organisation:{opened.code}", facts=facts)
    if first:
        invite(actor=actor, organisation=opened.code, guest=first)
    return opened


def file(agency: Organisation, filing: Filing | None) -> None:
    """Note an agency's filing; `NotFiled` where it does not hold today."""
    if filing is None or not filing.number.strip() or filing.until < clock.today():
        raise NotFiled
    agency.filing_number = typed.line(filing.number, _("备案号"), LONGEST_FILING)
    agency.filed_until = filing.until


@transaction.atomic
def renew_filing(*, actor: Actor, organisation: str, filing: Filing) -> None:
    """Another filing of an agency from now on. `NoSuchOrganisation`, `RoleNotYours`, `NotFiled`."""
    if Role.RATER not in rights.gives(actor, "", OrganisationKind.AGENCY):
        raise RoleNotYours(role=Role.RATER.label)
    agency = Organisation.objects.filter(code=organisation, kind=OrganisationKind.AGENCY).first()
    if agency is None:
        raise NoSuchOrganisation
    file(agency, filing)
    agency.save(update_fields=["filing_number", "filed_until"])
    facts = {"filing": agency.filing_number, "until": filing.until.isoformat()}
    write(actor=actor, action="accounts.renew_filing", subject=f"organisation:{agency.code}", facts=facts)
