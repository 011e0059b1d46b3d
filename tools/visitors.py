"""Who looks at a generated city's pages: one person for each portal, with something waiting for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiahe.accounts.models import Organisation
    from jiahe.consent.terms import Terms
    from jiahe.kit.actor import Actor

BANK = "demo-bank"  # the demonstration's, so that its stories can be told here
MADE_UP = "91330100799655058B"  # well formed, and none of the generated city's


@dataclass(frozen=True)
class Visitor:
    """A login (empty for somebody who is not signed in) and the pages to look at; `code` is the second factor's."""

    login: str
    paths: list[str]
    code: Callable[[], str] | None = None


def visitors(password: str) -> list[Visitor]:
    """Enrol them, let a bank ask and an enterprise give, and name the pages that show most. Django is set up."""
    from jiahe.accounts.enums import OrganisationKind, Role
    from jiahe.catalogue import load
    from jiahe.creditfile.models import Enterprise

    enterprise = Enterprise.objects.exclude(name="").order_by("serial")[0]
    tax = load().departments[1]
    bank = _organisation(BANK, OrganisationKind.INSTITUTION, "演示农村商业银行")
    authority = _organisation("authority", OrganisationKind.AUTHORITY, "演示主管部门")
    people = [
        ("officer", Role.DATA_OFFICER, authority),
        ("supervisor", Role.SUPERVISOR, authority),
        ("modeller", Role.MODEL_OFFICER, authority),
        ("security", Role.SECURITY_ADMIN, authority),
        ("auditor", Role.AUDIT_ADMIN, authority),
        ("clerk", Role.DEPARTMENT_CLERK, _organisation(tax.code, OrganisationKind.DEPARTMENT, tax.name.zh)),
        ("manager", Role.ACCOUNT_MANAGER, bank),
        ("head", Role.HEAD_ADMIN, bank),
        ("owner", Role.ENTERPRISE_ADMIN, _organisation(enterprise.uscc, OrganisationKind.ENTERPRISE, enterprise.name)),
    ]
    for login, role, organisation in people:
        _enrol(login, role, organisation, password)
    paths = {
        "officer": _officer(enterprise.uscc),
        "clerk": _clerk(),
        "modeller": ["/authority/models/", "/authority/models/import/", "/authority/models/monitoring/"],
        "security": ["/authority/organisations/", f"/authority/organisations/{BANK}/"],
        "auditor": ["/authority/audit/", "/authority/audit/access/", "/authority/audit/sealing/"],
        "head": ["/bank/staff/", "/bank/staff/add/", "/bank/branches/"],
        **_dealings(enterprise.uscc),
    }
    market = _market()
    for more in (_products(), _desk()):
        for login, found in more.items():
            paths[login] += found
    return [
        Visitor("", ["/", "/help/", "/sign-in/", "/register/", "/no-such-page/", *market]),
        *(Visitor(login, [*paths[login], "/messages/", "/help/"], _code_of(login)) for login, _, _ in people),
    ]


def _market() -> list[str]:
    """The demonstration's shelf, and the pages on which it shows."""
    from jiahe.commands.demo_products import fill

    fill()
    one, other = "CPDEMO0001", "CPDEMO0002"
    return [
        "/marketplace/",
        f"/marketplace/?region=330421&sort=rate&p={one}",
        "/marketplace/?amount=3000&term=120&unsecured=1",
        f"/marketplace/products/{other}/",
        f"/marketplace/compare/?p={one}&p={other}",
        f"/marketplace/calculator/?product={one}",
    ]


def _organisation(code: str, kind: str, name: str) -> Organisation:
    from jiahe.accounts.models import Organisation

    return Organisation.objects.get_or_create(code=code, defaults={"kind": kind, "name": name})[0]


def _enrol(login: str, role: str, organisation: Organisation, password: str) -> None:
    """Whoever needs a second factor has one; the enterprise's administrator is its representative."""
    from jiahe.accounts.actions.enrol import enrol
    from jiahe.accounts.actions.second_factor import install
    from jiahe.accounts.enums import Role
    from jiahe.accounts.models import Membership
    from jiahe.accounts.second_factor import is_required, new_secret
    from jiahe.kit.actor import Actor

    found = Role(role)
    user = enrol(
        actor=Actor.system(),
        login=login,
        name=str(found.label),
        role=found,
        password=password,
        organisation=organisation,
    )
    if is_required(role):
        install(actor=Actor.system(), user=user, secret=new_secret())
    if found is Role.ENTERPRISE_ADMIN:
        Membership.objects.filter(user=user).update(representative=True)


def _code_of(login: str) -> Callable[[], str] | None:
    """What the person's authenticator shows now; None for whoever has none."""
    from jiahe.accounts.models import User
    from jiahe.accounts.second_factor import current_code

    user = User.objects.get(login=login)
    return (lambda: current_code(user) or "") if current_code(user) else None


def _officer(uscc: str) -> list[str]:
    from jiahe.gathering.models import Batch

    refused = Batch.objects.filter(quarantined__gt=0).order_by("pk").values_list("pk", flat=True).first()
    file = f"/authority/enterprises/{uscc}/"
    return [
        "/me/",
        "/account/",
        "/account/password/",
        "/account/second-factor/",
        "/account/close/",
        "/authority/",
        "/authority/search/?q=有限",
        "/authority/search/?q=没有这样的企业",
        "/authority/gathering/",
        "/authority/gathering/?state=late",
        "/authority/gathering/batches/",
        *([f"/authority/gathering/batches/{refused}/"] if refused else []),
        file,
        *(f"{file}{section}/" for section in ("relations", "operations", "assets", "risks")),
        *(f"{file}categories/{code}/" for code in ("0101", "0202", "0402")),
        f"/authority/enterprises/{MADE_UP}/",
    ]


def _clerk() -> list[str]:
    from jiahe.gathering.models import Batch

    own = Batch.objects.filter(category__startswith="02", quarantined__gt=0).values_list("pk", flat=True).first()
    return ["/department/", *([f"/department/batches/{own}/"] if own else [])]


def _desk() -> dict[str, list[str]]:
    """The demonstration's requests in every state, and the institution's pages on which they show."""
    from jiahe.commands.demo_financing import tell
    from jiahe.financing.models import Order

    tell()
    mine = Order.objects.filter(manager__login="manager").order_by("-pk")
    numbers = dict(mine.values_list("state", "number")).values()
    lists = ["/bank/orders/", "/bank/orders/?list=past"]
    leaving = f"/bank/orders/hand-over/{_member('manager')}/"
    return {
        "manager": ["/bank/pool/", "/bank/pool/?guarantee=mortgage", *lists, *(f"{lists[0]}{n}/" for n in numbers)],
        "head": [*lists, "/bank/orders/statistics/", leaving],
    }


def _member(login: str) -> int:
    from jiahe.accounts.models import Membership

    return Membership.objects.values_list("pk", flat=True).get(user__login=login)


def _dealings(uscc: str) -> dict[str, list[str]]:
    """A request, a written request, a consent, a read and a complaint; the pages on which they show."""
    from jiahe import profiles
    from jiahe.audit.models import AccessLog
    from jiahe.consent.actions.ask import ask
    from jiahe.consent.complaints.actions.complain import complain

    owner, manager = _actor("owner"), _actor("manager")
    agreed = _terms()
    asked = ask(actor=manager, uscc=uscc, terms=agreed, note="流动资金贷款").number
    ask(actor=manager, uscc=uscc, terms=replace(agreed, categories=("0605",), written=True))
    live = _given(owner, replace(agreed, purpose="post_loan", kind="periodic", per_month=5))
    profiles.read(actor=manager, enterprise=uscc, categories=None, purpose="post_loan")
    uid = AccessLog.objects.filter(organisation=BANK).values_list("uid", flat=True)[0]
    complaint = complain(actor=owner, reading=uid, text="没有向这家机构申请过贷款").number
    centre, lookup = "/enterprise/consents/", "/bank/enterprises/"
    return {
        "owner": [
            "/enterprise/",
            "/enterprise/file/",
            "/enterprise/score/",
            "/marketplace/",
            "/marketplace/products/CPDEMO0002/",
            "/enterprise/file/categories/0202/",
            *(f"{centre}?list={name}" for name in ("waiting", "live", "past")),
            *(f"{centre}{number}/" for number in (asked, live)),
            *_requests(owner, manager),
            f"{centre}new/",
            f"{centre}new/?grantee={BANK}&purpose=post_loan",
            f"{centre}new/?grantee={BANK}&purpose=feedback",
            "/enterprise/people/",
            "/enterprise/readings/",
            f"/enterprise/readings/{uid}/complain/",
            "/enterprise/readings/complaints/",
            f"/enterprise/readings/complaints/{complaint}/",
        ],
        "manager": [
            "/bank/",
            f"{lookup}?q={uscc}",
            f"{lookup}{uscc}/pre_loan/",
            f"{lookup}{uscc}/post_loan/operations/",
            f"{lookup}{uscc}/post_loan/categories/0202/",
            f"{lookup}{uscc}/ask/?purpose=post_loan&category=0204",
            f"{lookup}{uscc}/ask/?purpose=feedback",
            f"{lookup}{MADE_UP}/pre_loan/",
            *(f"/bank/consents/?list={name}" for name in ("live", "asked", "past")),
            f"/bank/consents/{live}/",
        ],
        "supervisor": ["/authority/complaints/", f"/authority/complaints/{complaint}/"],
    }


def _requests(owner: Actor, manager: Actor) -> list[str]:
    """A draft, and a request with an offer; the pages on which they show."""
    from decimal import Decimal

    from jiahe.consent.actions.offer import drafts, offer_words
    from jiahe.consent.draft import separate_ones
    from jiahe.financing.actions import decide, work
    from jiahe.financing.actions.claim import claim
    from jiahe.financing.actions.draft import begin
    from jiahe.financing.actions.submit import submit
    from jiahe.financing.enums import Channel, Mode
    from jiahe.financing.refs import request_ref

    asked: dict[str, Any] = {
        "amount": Decimal(1_000_000),
        "term_months": 12,
        "purpose": "purchase",
        "guarantees": ["credit"],
    }
    contact: dict[str, Any] = {"contact": "财务", "phone": "13800138000", "own_application": True}
    draft = begin(actor=owner, mode=Mode.GRAB, channel=Channel.GRAB, **asked).number
    request = begin(actor=owner, mode=Mode.GRAB, channel=Channel.GRAB, **asked, **contact)
    agreed = replace(_terms(), subject_ref=request_ref(request))
    words = offer_words(drafts(uscc=owner.organisation, grantees=["bank-a"], terms=agreed), "zh-hans")
    submit(
        actor=owner,
        number=request.number,
        institutions=["bank-a"],
        terms=agreed,
        agreed=words.digest,
        separately=list(separate_ones(agreed.categories)),
        language="zh-hans",
    )
    order = claim(actor=manager, number=request.number, amount=Decimal(900_000), rate=Decimal("3.9")).number
    work.contacted(actor=manager, number=order)
    work.review(actor=manager, number=order)
    terms = decide.Terms(Decimal(800_000), Decimal("3.85"), 12, ("credit",), "interest_first", fees=Decimal(2_000))
    decide.offer(actor=manager, number=order, terms=terms)
    place = "/enterprise/requests/"
    return [place, f"{place}new/?open", f"{place}{draft}/apply/", f"{place}{request.number}/"]


def _products() -> dict[str, list[str]]:
    """A product on the shelf whose next version waits, and one that was sent back; the pages on which they show."""
    from random import Random

    from jiahe.commands.demo_terms import terms
    from jiahe.products.actions.decide import approve, reject
    from jiahe.products.actions.draft import draft
    from jiahe.products.actions.submit import submit

    head, supervisor = _actor("head"), _actor("supervisor")
    first, second = terms(Random(1), 2)
    shown, returned = (draft(actor=head, terms=one).product.number for one in (first, second))
    for number in (shown, returned):
        submit(actor=head, number=number, version=1)
    approve(actor=supervisor, number=shown, version=1)
    reject(actor=supervisor, number=returned, version=1, reason="请公布年化利率的上限")
    draft(actor=head, terms=replace(first, promised_days=1), number=shown)
    submit(actor=head, number=shown, version=2)
    own = ["/bank/products/", *(f"/bank/products/{number}/" for number in (shown, returned))]
    return {
        "head": [*own, f"/bank/products/{shown}/2/", f"/bank/products/{returned}/edit/", "/bank/products/new/"],
        "supervisor": [
            "/authority/products/",
            "/authority/products/?list=all",
            f"/authority/products/{shown}/2/",
        ],
    }


def _actor(login: str) -> Actor:
    from jiahe.accounts.actor import as_actor
    from jiahe.accounts.models import Membership

    found = Membership.objects.select_related("user", "organisation", "branch").get(user__login=login)
    return as_actor(found, "portal")


def _terms() -> Terms:
    from jiahe.consent.terms import Terms
    from jiahe.kit import clock

    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Terms(
        purpose="pre_loan",
        direction="to_institution",
        categories=("0108", "0201", "0701", "0202", "0203"),
        kind="one_time",
        valid_from=today,
        valid_until=today + timedelta(days=30),
        lookback_months=12,
        data_life_days=180,
    )


def _given(owner: Actor, agreed: Terms) -> str:
    from jiahe.consent.actions.give import give
    from jiahe.consent.draft import draft

    shown = draft(uscc=owner.organisation, grantee=BANK, terms=agreed).words("zh-hans")
    return give(
        actor=owner,
        grantee=BANK,
        terms=agreed,
        agreed=shown.digest,
        separately=agreed.categories,
        language="zh-hans",
    ).number
