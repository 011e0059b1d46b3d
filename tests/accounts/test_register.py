"""Enterprises register: matched against the registry, represented by who they say, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jiahe.accounts.actions.ask_representative import ask_representative
from jiahe.accounts.actions.confirm_representative import confirm_representative
from jiahe.accounts.actions.open_account import NewAccount
from jiahe.accounts.actions.prove_representative import Proof
from jiahe.accounts.actions.register import register
from jiahe.accounts.errors import (
    AlreadyRegistered,
    LineTooLong,
    LoginTaken,
    NameDiffers,
    NoRepresentative,
    NoSuchVerification,
    NotAUscc,
    NotConfirmed,
    NotRegistered,
    PasswordWeak,
    PhoneTaken,
    RegistrationEnded,
    RepresentativeDiffers,
    RepresentativeResting,
    SignRefused,
    TermsNotAgreed,
)
from jiahe.accounts.models import Membership, Organisation, User, Verification
from jiahe.accounts.queries.registration import candidate
from jiahe.accounts.verification import VerifiedEntity
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from tests.people import PASSWORD, data_officer
from tests.registry import IDENTITY, NAME, OTHER, PERSON, USCC, deliver
from tests.together import together

pytestmark = pytest.mark.django_db(databases="__all__")
VISITOR = Actor.visitor()
ACCOUNT = NewAccount(login="zhang", name=PERSON, password=PASSWORD, phone="17000000001")
ENTITY = VerifiedEntity(USCC, NAME, PERSON, "subject-1", "sso")


@pytest.fixture
def registry(tmp_path: Path) -> None:
    deliver(tmp_path)


def proved(uscc: str = USCC) -> str:
    """The number of a confirmed verification."""
    asked = ask_representative(actor=VISITOR, uscc=uscc, name=PERSON, identity=IDENTITY)
    confirm_representative(actor=Actor.system("console"), number=asked.number, confirmed=True)
    return asked.number


def registered(
    *, code: str = USCC, name: str = NAME, proof: Proof = "", person: NewAccount | User = ACCOUNT, agreed: bool = True
) -> Membership:
    return register(actor=VISITOR, code=code, name=name, proof=proof or proved(), person=person, agreed=agreed)


def counts() -> tuple[int, int, int]:
    return Organisation.objects.count(), User.objects.count(), Membership.objects.count()


@pytest.mark.usefixtures("registry")
def test_an_enterprise_is_registered_with_its_representative() -> None:
    joined = registered()
    enterprise = joined.organisation
    assert (enterprise.code, enterprise.name, enterprise.kind, enterprise.state) == (USCC, NAME, "enterprise", "active")
    assert (joined.role, joined.representative, joined.user.login) == ("enterprise_admin", True, "zhang")
    assert enterprise.verified_at is not None
    kept = Verification.objects.get()
    assert kept.representative_digest == enterprise.representative_digest
    assert kept.used_at is not None
    text = " ".join(str(value) for row in (enterprise, kept, joined.user) for value in vars(row).values())
    assert IDENTITY not in text
    assert [e.action for e in Entry.objects.filter(action__startswith="accounts.").order_by("pk")] == [
        "accounts.ask_representative",
        "accounts.confirm_representative",
        "accounts.register",
        "accounts.open_account",
        "accounts.grant",
    ]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    "written", ["嘉禾纺织（集团）有限公司", " 嘉禾纺织 (集团)　有限公司", "嘉禾纺织【集团】有限公司"]
)
def test_width_brackets_and_spaces_of_a_name_do_not_matter(written: str) -> None:
    assert candidate(code="９１３３０１００７９９６５５０５８ｂ", name=written).name == NAME


def test_a_former_name_is_accepted_and_said(tmp_path: Path) -> None:
    deliver(tmp_path, name="嘉禾棉业有限公司")
    deliver(tmp_path)
    found = candidate(code=USCC, name="嘉禾棉业有限公司")
    assert (found.name, found.by_former) == (NAME, True)
    assert not candidate(code=USCC, name=NAME).by_former


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (USCC[:-1], "统一社会信用代码不正确：现为 17 位，应为 18 位。请对照营业执照核对。"),
        (
            f"{USCC[:8]}I{USCC[9:]}",
            "统一社会信用代码不正确：第 9 位“I”不会出现在代码中(字母 I、O、S、V、Z 不用)。请对照营业执照核对。",
        ),
        (f"{USCC[:-1]}C", "统一社会信用代码不正确：末位校验位应为 B，实际为 C。请对照营业执照核对。"),
        (f"{USCC}\x00", "统一社会信用代码不正确：现为 19 位，应为 18 位。请对照营业执照核对。"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(code: str, sentence: str) -> None:
    with pytest.raises(NotAUscc) as refused:
        registered(code=code, proof="00000000")
    assert refused.value.sentence == sentence
    assert counts() == (0, 0, 0)


@pytest.mark.parametrize("state", ["注销", "吊销", "撤销", "迁出"])
def test_an_ended_registration_is_refused_but_not_told_to_who_does_not_know_the_name(
    tmp_path: Path, state: str
) -> None:
    deliver(tmp_path, state=state)
    with pytest.raises(RegistrationEnded):
        candidate(code=USCC, name=NAME)
    with pytest.raises(NameDiffers):
        candidate(code=USCC, name="别的公司")


@pytest.mark.usefixtures("registry")
def test_unknown_differing_and_registered_have_their_own_sentences() -> None:
    with pytest.raises(NotRegistered):
        candidate(code=OTHER, name=NAME)
    for name in ("", "别的公司", "x" * 10_000_000, f"{NAME}\x00"):
        with pytest.raises(NameDiffers):
            candidate(code=USCC, name=name)
    registered()
    before = counts()
    with pytest.raises(AlreadyRegistered) as refused:
        registered(person=replace(ACCOUNT, login="other", phone="17000000002"))
    assert refused.value.sentence == "这家企业已有账户：请联系贵单位的企业管理员，由其发出邀请。"
    assert counts() == before


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "x" * 10_000_000}, LineTooLong),
        ({"name": "张\x07三"}, SignRefused),
        ({"name": "张\u202e三"}, SignRefused),
        ({"password": "short"}, PasswordWeak),
        ({"password": "x" * 10_000_000}, LineTooLong),
        ({"login": "officer"}, LoginTaken),
    ],
)
def test_an_account_that_is_refused_leaves_nothing_behind(change: dict[str, str], refusal: type[JiaheError]) -> None:
    data_officer()
    number, before = proved(), counts()
    with pytest.raises(refusal):
        registered(proof=number, person=replace(ACCOUNT, **change))
    assert counts() == before
    assert Verification.objects.get().used_at is None


@pytest.mark.usefixtures("registry")
def test_terms_must_be_agreed_to() -> None:
    with pytest.raises(TermsNotAgreed):
        registered(agreed=False)
    assert counts() == (0, 0, 0)


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(("name", "identity"), [("李四", IDENTITY), (PERSON, "330402196001010026"), ("", "")])
def test_another_person_or_number_is_refused_and_rests_after_five(name: str, identity: str) -> None:
    for _ in range(5):
        with pytest.raises(RepresentativeDiffers):
            ask_representative(actor=VISITOR, uscc=USCC, name=name, identity=identity)
    with pytest.raises(RepresentativeResting):
        ask_representative(actor=VISITOR, uscc=USCC, name=PERSON, identity=IDENTITY)
    assert counts() == (0, 0, 0)


def test_a_registry_without_a_number_leaves_it_to_the_verifier_and_without_a_person_to_the_window(
    tmp_path: Path,
) -> None:
    deliver(tmp_path, identity="")
    assert ask_representative(actor=VISITOR, uscc=USCC, name=" 张三丰 ", identity="x").state == "waiting"
    deliver(tmp_path, OTHER, person="")
    with pytest.raises(NoRepresentative):
        ask_representative(actor=VISITOR, uscc=OTHER, name=PERSON, identity=IDENTITY)


def test_any_of_several_managing_partners_represents(tmp_path: Path) -> None:
    deliver(tmp_path, person="王五、张三丰", identity="")
    assert ask_representative(actor=VISITOR, uscc=USCC, name=PERSON, identity="x").state == "waiting"


@pytest.mark.usefixtures("registry")
def test_only_a_confirmed_verification_of_this_enterprise_proves_and_only_once() -> None:
    asked = ask_representative(actor=VISITOR, uscc=USCC, name=PERSON, identity=IDENTITY)
    with pytest.raises(NotConfirmed):
        registered(proof=asked.number)
    operator = Actor.system("console")
    confirm_representative(actor=operator, number=asked.number, confirmed=False)
    with pytest.raises(NoSuchVerification):
        confirm_representative(actor=operator, number=asked.number, confirmed=True)
    with pytest.raises(NotConfirmed):
        registered(proof=asked.number)
    assert counts() == (0, 0, 0)
    number = proved()
    registered(proof=number)
    Organisation.objects.update(code=OTHER)
    with pytest.raises(NotConfirmed):
        registered(proof=number)


@pytest.mark.usefixtures("registry")
def test_a_sign_in_with_the_licence_proves_for_its_own_enterprise_and_registered_person() -> None:
    for entity in (replace(ENTITY, uscc=OTHER), replace(ENTITY, representative="")):
        with pytest.raises(NotConfirmed):
            registered(proof=entity)
    with pytest.raises(RepresentativeDiffers):
        registered(proof=replace(ENTITY, representative="李四"))
    assert counts() == (0, 0, 0)
    assert registered(proof=ENTITY).representative


@pytest.mark.usefixtures("registry")
def test_one_person_registers_several_enterprises_under_one_account(tmp_path: Path) -> None:
    user = registered().user
    deliver(tmp_path, OTHER, name="乙有限公司")
    with pytest.raises(PhoneTaken):
        registered(code=OTHER, name="乙有限公司", proof=proved(OTHER), person=replace(ACCOUNT, login="again"))
    registered(code=OTHER, name="乙有限公司", proof=proved(OTHER), person=user)
    assert sorted(m.organisation.code for m in user.memberships.select_related("organisation")) == [USCC, OTHER]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.usefixtures("registry")
def test_of_many_at_once_exactly_one_registers_the_enterprise() -> None:
    people = [replace(ACCOUNT, login=f"zhang{n}", phone=f"1700000000{n}") for n in range(5)]
    answers = together(*[lambda one=one: registered(proof=ENTITY, person=one) for one in people])
    assert sorted(type(a).__name__ for a in answers) == [*["AlreadyRegistered"] * 4, "Membership"]
    assert counts() == (1, 1, 1)
