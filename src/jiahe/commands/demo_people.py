"""The people of the demonstration: one login for each role of each kind of organisation, all of them invented.

Passwords are new each time; the secrets of second factors are derived from the login, so that an authenticator app that
was set up once goes on working. Nothing of this exists outside the demonstration.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.actions.enrol import AUTHORITY, enrol
from jiahe.accounts.actions.second_factor import install
from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Branch, Membership, Organisation, User
from jiahe.accounts.queries.registration import of_registry
from jiahe.accounts.second_factor import current_code, is_required, is_set
from jiahe.catalogue import load
from jiahe.consent.actions.ask import ask
from jiahe.consent.choices import choices
from jiahe.consent.enums import Purpose
from jiahe.consent.models import Consent
from jiahe.consent.numbers import ceiling, direction
from jiahe.consent.terms import Subject, Terms
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor

DEPARTMENT, BANK, AGENCY, ENTERPRISE = "01", "demo-bank", "demo-agency", ""
FILED: dict[str, object] = {"filing_number": "demo"}
FILED_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Person:
    """`organisation` is a code; the enterprise's is known when there is a city."""

    login: str
    name: str | Promise
    role: Role
    organisation: str
    branch: str = ""


@dataclass(frozen=True)
class Login:
    """What somebody types to get in; no code where the role needs none."""

    login: str
    password: str
    code: str
    role: str
    organisation: str


PEOPLE = (
    Person("officer", _("演示数据管理员"), Role.DATA_OFFICER, AUTHORITY),
    Person("supervisor", _("演示业务监管员"), Role.SUPERVISOR, AUTHORITY),
    Person("modeller", _("演示模型管理员"), Role.MODEL_OFFICER, AUTHORITY),
    Person("publisher", _("演示模型管理员二"), Role.MODEL_OFFICER, AUTHORITY),
    Person("system", _("演示系统管理员"), Role.SYSTEM_ADMIN, AUTHORITY),
    Person("security", _("演示安全管理员"), Role.SECURITY_ADMIN, AUTHORITY),
    Person("audit", _("演示审计管理员"), Role.AUDIT_ADMIN, AUTHORITY),
    Person("clerk", _("演示经办人"), Role.DEPARTMENT_CLERK, DEPARTMENT),
    Person("head", _("演示总部管理员"), Role.HEAD_ADMIN, BANK),
    Person("branch", _("演示网点管理员"), Role.BRANCH_ADMIN, BANK, "001"),
    Person("manager", _("演示客户经理"), Role.ACCOUNT_MANAGER, BANK, "001"),
    Person("grid", _("演示网格经理"), Role.GRID_MANAGER, BANK, "002"),
    Person("rater", _("演示评级人员"), Role.RATER, AGENCY),
    Person("owner", _("演示法定代表人"), Role.ENTERPRISE_ADMIN, ENTERPRISE),
    Person("member", _("演示企业成员"), Role.ENTERPRISE_MEMBER, ENTERPRISE),
)
# Tax declarations, insured persons by month, electricity: what a bank looks at first.
ASKED_FOR = ("0202", "0701", "0702", "2501", "2502")
BRANCHES = {"001": _("演示银行第一支行"), "002": _("演示银行第二支行")}


def logins() -> Iterator[Login]:
    """Everybody, with a new password: an old one may have been read over somebody's shoulder."""
    for person in PEOPLE:
        password = secrets.token_urlsafe(12)
        user = User.objects.filter(login=person.login).first() or _enrolled(person)
        user.set_password(password)
        user.save()
        yield _login(person, user, password)


def codes() -> Iterator[Login]:
    """Everybody with the code of this moment, passwords as they are."""
    for person in PEOPLE:
        for user in User.objects.filter(login=person.login):
            yield _login(person, user, "")


def ask_for_consent() -> None:
    """The first request in the enterprise's consent centre, from the bank's account manager; once."""
    owner = Membership.objects.select_related("organisation").get(user__login="owner", representative=True)
    if Consent.objects.exists():
        return
    enterprise = Enterprise.objects.get(uscc=owner.organisation.code)
    offered = choices(
        subject=Subject(enterprise.serial, enterprise.uscc, enterprise.kind), purpose=Purpose.PRE_LOAN, written=False
    )
    codes = tuple(c.code for c in (*offered.together, *offered.separately) if c.code in ASKED_FOR)
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    most = ceiling(Purpose.PRE_LOAN, today)
    terms = Terms(
        purpose=Purpose.PRE_LOAN.value,
        direction=direction(Purpose.PRE_LOAN).value,
        categories=codes,
        kind=most.kind,
        valid_from=today,
        valid_until=today + timedelta(days=most.days),
        lookback_months=most.lookback_months,
        data_life_days=most.data_life_days,
    )
    manager = Membership.objects.select_related("user", "organisation", "branch").get(user__login="manager")
    ask(actor=as_actor(manager, "console"), uscc=enterprise.uscc, terms=terms)


def _login(person: Person, user: User, password: str) -> Login:
    organisation = user.memberships.select_related("organisation").order_by("pk")[0].organisation
    return Login(person.login, password, current_code(user) or "", str(person.role.label), organisation.name)


def _enrolled(person: Person) -> User:
    organisation = _organisation(person)
    branch = Branch.objects.filter(institution=organisation, code=person.branch).first()
    user = enrol(
        actor=Actor.system("console"),
        login=person.login,
        name=str(person.name),
        role=person.role,
        password=None,
        organisation=organisation,
        branch=branch,
    )
    if person.role == Role.ENTERPRISE_ADMIN:
        Membership.objects.filter(user=user).update(representative=True)
    if is_required(person.role) and not is_set(user):
        install(actor=Actor.system("console"), user=user, secret=_secret(person.login))
    return user


def _organisation(person: Person) -> Organisation:
    if person.organisation == ENTERPRISE:
        return _enterprise()
    department = next(one for one in load().departments if one.code == DEPARTMENT)
    kind, name, more = {
        AUTHORITY: (OrganisationKind.AUTHORITY, _("演示主管部门"), {}),
        DEPARTMENT: (OrganisationKind.DEPARTMENT, department.name.zh, {}),
        BANK: (OrganisationKind.INSTITUTION, _("演示银行"), {}),
        AGENCY: (OrganisationKind.AGENCY, _("演示评级机构"), FILED | {"filed_until": clock.today() + FILED_FOR}),
    }[person.organisation]
    kept = {"kind": kind, "name": str(name), **more}
    found, new = Organisation.objects.get_or_create(code=person.organisation, defaults=kept)
    if new and person.organisation == BANK:
        Branch.objects.bulk_create(Branch(institution=found, code=c, name=str(n)) for c, n in BRANCHES.items())
    return found


def _enterprise() -> Organisation:
    """The city's first enterprise that is in business, verified as if its representative had registered it."""
    first = Enterprise.objects.filter(generated=True, state="active").exclude(name="").order_by("serial")[0]
    registered = of_registry(first.uscc)
    kept = {
        "kind": OrganisationKind.ENTERPRISE,
        "name": first.name,
        "verified_at": clock.now(),
        "representative_digest": next(iter(registered.names), "") if registered else "",
    }
    return Organisation.objects.get_or_create(code=first.uscc, defaults=kept)[0]


def _secret(login: str) -> str:
    return base64.b32encode(hashlib.sha1(f"jiahe demo {login}".encode()).digest()).decode()  # noqa: S324 - no secret
