"""Institutions, branches and people from a workbook: good rows are taken, the others told, again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from jiahe.accounts import workbook
from jiahe.accounts.actions.accept import accept
from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.actions.import_people import Outcome, import_people
from jiahe.accounts.actions.open_account import NewAccount
from jiahe.accounts.enums import Role
from jiahe.accounts.models import Branch, Invitation, Membership, Organisation, User
from jiahe.accounts.workbook import ColumnsMissing, NotAWorkbook
from jiahe.kit.actor import Actor
from jiahe.notify import opening
from jiahe.notify.models import Outgoing
from tests.conftest import Installation
from tests.people import PASSWORD, actor, bank, person, sign_in

pytestmark = pytest.mark.django_db
Rows = Sequence[Sequence[str | int]]
INSTITUTIONS: Rows = [["B1", "一银行"], ["B2", "二银行"]]
# The branch below stands before the one above it.
BRANCHES: Rows = [["B1", "0101", "营业部", "01", ""], ["B1", "01", "一支行", "", "330402"]]
PEOPLE: Rows = [
    ["B1", "", "head1", "总部甲", 17000000001, "机构总部管理员"],
    ["B1", "0101", "", "经理乙", "170-0000-0002", "account_manager"],
]
SYSTEM = Actor.system("console")


def book(path: Path, *, institutions: Rows = (), branches: Rows = (), people: Rows = ()) -> Path:
    with xlsxwriter.Workbook(path) as written:
        for (name, columns), rows in zip(workbook.COLUMNS.items(), (institutions, branches, people), strict=True):
            sheet = written.add_worksheet(name)
            for line, row in enumerate([columns, *rows]):
                sheet.write_row(line, 0, row)
    return path


def taken(path: Path, by: Actor = SYSTEM) -> Outcome:
    return import_people(actor=by, file=path)


def said(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    return [(one.row.sheet, one.row.number, one.column, one.sentence) for one in outcome.refused]


def test_all_is_taken_and_again_changes_nothing(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", institutions=INSTITUTIONS, branches=BRANCHES, people=PEOPLE)
    outcome = taken(file)
    assert (outcome.taken, outcome.unchanged, outcome.refused) == (6, 0, [])
    assert list(Organisation.objects.order_by("code").values_list("code", "name")) == [
        ("B1", "一银行"),
        ("B2", "二银行"),
    ]
    below = Branch.objects.select_related("parent").get(code="0101")
    assert below.parent is not None
    assert below.parent.code == "01"
    assert [(i.name, i.role, i.login) for i in Invitation.objects.order_by("pk")] == [
        ("总部甲", "head_admin", "head1"),
        ("经理乙", "account_manager", ""),
    ]
    assert User.objects.count() == 0
    again = taken(file)
    assert (again.taken, again.unchanged, again.refused) == (0, 6, [])
    assert (Invitation.objects.count(), Outgoing.objects.count()) == (2, 2)


def test_who_has_joined_stays_and_moves_with_the_workbook(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", institutions=INSTITUTIONS, branches=BRANCHES, people=PEOPLE)
    taken(file)
    link = opening.letter(Outgoing.objects.order_by("-pk")[0]).text
    secret = link.rstrip("/").rpartition("/")[2]
    account = NewAccount(login="manager", name="", password=PASSWORD, phone="")
    accept(actor=Actor.visitor(), token=secret, person=account, agreed=True)
    assert (taken(file).taken, taken(file).unchanged) == (0, 6)
    moved = [["B1", "01", "", "经理乙", "17000000002", "网点管理员"]]
    assert taken(book(tmp_path / "b.xlsx", people=moved)).taken == 1
    joined = Membership.objects.select_related("branch").get()
    assert (joined.role, joined.branch and joined.branch.code) == ("branch_admin", "01")


def test_wrong_rows_are_told_beside_their_cells_and_the_others_taken(tmp_path: Path) -> None:
    wrong: Rows = [
        ["B1", "", "", "丙", "123", "客户经理"],
        ["B1", "99", "", "丁", "17000000003", "客户经理"],
        ["B9", "", "", "戊", "17000000004", "客户经理"],
        ["B1", "", "", "己", "17000000005", "行长"],
        ["B1", "", "1x", "庚", "17000000006", "客户经理"],
        ["B1", "", "", "辛\u202e", "17000000007", "客户经理"],
    ]
    file = book(tmp_path / "a.xlsx", institutions=[*INSTITUTIONS, ["B1", "另名"]], people=[*wrong, *PEOPLE[:1]])
    outcome = taken(file)
    assert outcome.taken == 3
    assert [(sheet, number, column) for sheet, number, column, _ in said(outcome)] == [
        ("机构", 4, "名称"),
        ("人员", 2, "手机号"),
        ("人员", 3, "网点代码"),
        ("人员", 4, "机构代码"),
        ("人员", 5, "角色"),
        ("人员", 6, "登录名"),
        ("人员", 7, ""),
    ]
    assert said(outcome)[1][3] == "手机号应为 11 位数字：请核对后重试。"
    report = CalamineWorkbook.from_filelike(BytesIO(workbook.report(outcome.refused)))
    people = report.get_sheet_by_name("人员").to_python()
    assert people[0] == [*workbook.COLUMNS["人员"], "原因"]
    assert people[1] == ["B1", "", "", "丙", "123", "客户经理", "手机号应为 11 位数字：请核对后重试。"]
    assert len(people) == 7
    assert Invitation.objects.count() == 1


def test_the_rights_of_who_imports_hold_for_each_row(tmp_path: Path) -> None:
    taken(book(tmp_path / "a.xlsx", institutions=INSTITUTIONS, branches=BRANCHES))
    head = actor(person("head", Role.HEAD_ADMIN, Organisation.objects.get(code="B1")))
    rows: Rows = [["B1", "01", "", "丙", "17000000011", "客户经理"], ["B2", "", "", "丁", "17000000012", "客户经理"]]
    outcome = taken(book(tmp_path / "b.xlsx", institutions=[["B3", "三银行"]], people=rows), head)
    assert [(sheet, number) for sheet, number, *_ in said(outcome)] == [("机构", 2), ("人员", 3)]
    assert said(outcome)[1][3] == "没有这个单位：请返回名单重新选择。"
    security = actor(person("security", Role.SECURITY_ADMIN, authority("主管部门")))
    rows = [["B2", "", "", "丁", "17000000013", "客户经理"], ["B2", "", "", "戊", "17000000014", "机构总部管理员"]]
    outcome = taken(book(tmp_path / "c.xlsx", people=rows), security)
    assert (outcome.taken, [(number, column) for _, number, column, _ in said(outcome)]) == (1, [(2, "角色")])
    assert Invitation.objects.count() == 2


def test_what_is_no_workbook_or_lacks_columns_changes_nothing(tmp_path: Path) -> None:
    text = tmp_path / "a.xlsx"
    text.write_text("机构代码,名称\n", encoding="utf-8")
    with pytest.raises(NotAWorkbook):
        taken(text)
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as written:
        written.add_worksheet("机构").write_row(0, 0, ["机构代码"])
    with pytest.raises(ColumnsMissing) as refused:
        taken(tmp_path / "b.xlsx")
    assert refused.value.sentence == "“机构”表缺少列：名称。请用模板填写后重试，未作任何改动。"
    assert Organisation.objects.count() == 0


def test_the_template_is_read_as_an_empty_workbook(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(workbook.template())
    outcome = taken(path)
    assert (outcome.taken, outcome.unchanged, outcome.refused) == (0, 0, [])


def test_the_page_tells_what_was_refused_and_gives_it_as_a_workbook(client: Client, tmp_path: Path) -> None:
    user = person("head", Role.HEAD_ADMIN, bank("B1"))
    sign_in(client, user)
    path = book(tmp_path / "a.xlsx", people=[["B1", "", "", "丙", "123", "客户经理"], *PEOPLE[:1]])
    upload = SimpleUploadedFile("名单.xlsx", path.read_bytes())
    answer = client.post("/import/", {"file": upload})
    assert "已导入 1 行，无变化 0 行，被拒 1 行。" in answer.content.decode()
    assert "手机号应为 11 位数字：请核对后重试。" in answer.content.decode()
    upload = SimpleUploadedFile("名单.xlsx", path.read_bytes())
    report = client.post("/import/", {"file": upload, "report": "1"})
    assert report["Content-Disposition"] == 'attachment; filename="refused.xlsx"'
    assert len(CalamineWorkbook.from_filelike(BytesIO(report.content)).get_sheet_by_name("人员").to_python()) == 2
    wrong = client.post("/import/", {"file": SimpleUploadedFile("a.xlsx", b"nothing")})
    assert (wrong.status_code, Invitation.objects.count()) == (422, 1)
    assert client.get("/import/template/").status_code == 200


def test_the_command(installation: Installation, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", institutions=INSTITUTIONS, people=[["B1", "", "", "丙", "123", "客户经理"]])
    done = installation.run("accounts", "import", file, "--report", tmp_path / "r.xlsx", "--json", code=1)
    assert done.stdout == '{"taken": 2, "unchanged": 0, "refused": 1}\n'
    assert (tmp_path / "r.xlsx").exists()
    assert installation.run("accounts", "import", tmp_path / "none.xlsx", code=2).stderr != ""
