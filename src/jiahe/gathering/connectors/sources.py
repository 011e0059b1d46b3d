"""The declarations of this installation: JIAHE_HOME/sources/<code>.yaml, one file for each source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import yaml
from django.utils.translation import gettext as _

from jiahe.catalogue import Category, Text, load
from jiahe.gathering.connectors.errors import UnknownSource, WrongDeclaration
from jiahe.gathering.connectors.source import PLACEHOLDER, Kind, Paging, Source, Turning
from jiahe.gathering.models import LoadMode, Outside
from jiahe.kit import clock
from jiahe.kit.home import home
from jiahe.kit.jobs import Schedule

COMMON = {"code", "name", "kind", "category", "department", "outside", "aliases", "secrets", "url", "timeout"}
OWN = {
    Kind.DATABASE: {"query", "schedule", "mode"},
    Kind.REST: {"params", "headers", "paging", "data_path", "schedule", "mode"},
    Kind.ON_DEMAND: {"method", "params", "headers", "data_path"},
}
SCHEMES = {
    Kind.DATABASE: ("sqlite", "postgresql"),
    Kind.REST: ("http", "https"),
    Kind.ON_DEMAND: ("http", "https"),
}
FOLDER = "sources"
CODE = re.compile(r"[a-z][a-z0-9-]{1,49}")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Declarations:
    """The sources that are declared well, and a sentence for each declaration that is not."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...]

    def outside(self, owner: Outside | None) -> int:
        """How many belong to an owner outside the 27 departments, or (None) to one of them."""
        return sum(s.outside is owner for s in self.sources)


def declarations() -> Declarations:
    """All declarations; one that is wrong does not hide the others."""
    sources: list[Source] = []
    problems: list[str] = []
    for path in sorted((home() / FOLDER).glob("*.yaml")):
        try:
            sources.append(read(path))
        except WrongDeclaration as wrong:
            problems.append(str(wrong))
    return Declarations(tuple(sources), tuple(problems))


def find(code: str) -> Source:
    """The source of a code; `WrongDeclaration` where its declaration is wrong, `UnknownSource` where it has none."""
    path = home() / FOLDER / f"{code}.yaml"
    if not CODE.fullmatch(code) or not path.is_file():
        raise UnknownSource(source=code)
    return read(path)


def read(path: Path) -> Source:
    """One declaration; `WrongDeclaration` names file, place and reason."""
    return _Declaration(path.name, _parsed(path)).source()


def _parsed(path: Path) -> dict[str, Any]:
    """The fields of a file; `WrongDeclaration` names the line that is no YAML."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        place = _("第 {line} 行").format(line=line)
        raise WrongDeclaration(file=path.name, place=place, reason=error.problem) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongDeclaration(file=path.name, place=_("第 {line} 行").format(line=1), reason=error) from error
    if not isinstance(content, dict):
        raise WrongDeclaration(file=path.name, place=_("第 {line} 行").format(line=1), reason=_("应为“字段: 取值”"))
    return content


@dataclass(frozen=True)
class _Declaration:
    """A file's fields, each taken with the check that belongs to it."""

    file: str
    content: dict[str, Any]
    within: str = ""

    def source(self) -> Source:
        kind = self.choice("kind", Kind)
        self.known(kind)
        category = self.category(kind)
        source = Source(
            file=self.file,
            code=self.code(),
            name=self.name(),
            kind=kind,
            category=category,
            outside=self.owner(category),
            url=self.url(kind),
            query=self.text("query") if kind is Kind.DATABASE else "",
            method=self.method(),
            params=self.texts("params"),
            headers=self.texts("headers"),
            paging=self.paging(),
            data_path=self.text("data_path", ""),
            aliases=self.aliases(category),
            secrets=self.secrets(),
            schedule=self.schedule(),
            mode=self.choice("mode", LoadMode, LoadMode.CHANGES),
            timeout=self.number("timeout", 3 if kind is Kind.ON_DEMAND else 30),
        )
        self.asks_for_one(source)
        return source

    def wrong(self, place: str, reason: str) -> WrongDeclaration:
        return WrongDeclaration(file=self.file, place=f"{self.within}{place}", reason=reason)

    def known(self, kind: Kind) -> None:
        for field in self.content:
            if field not in COMMON | OWN[kind]:
                raise self.wrong(str(field), _("{kind} 类来源没有这一字段").format(kind=kind))

    def text(self, field: str, default: str | None = None) -> str:
        value = self.content.get(field, default)
        if value is None or (value == "" and default is None):
            raise self.wrong(field, _("必须填写"))
        if not isinstance(value, str):
            raise self.wrong(field, _("应为文字(数字请加引号)"))
        return value.strip()

    def number(self, field: str, default: int) -> int:
        value = self.content.get(field, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(field, _("应为正整数"))
        return value

    def texts(self, field: str) -> dict[str, str]:
        return {name: str(one) for name, one in self._mapping(field).items()}

    def choice(self, field: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        value = self.text(field, default)
        if value not in list(choices):
            raise self.wrong(field, _("应为 {choices} 之一").format(choices="、".join(choices)))
        return choices(value)

    def code(self) -> str:
        code = self.text("code")
        if not CODE.fullmatch(code):
            raise self.wrong("code", _("应由小写字母、数字和连字符组成，以字母开头"))
        if self.file != f"{code}.yaml":
            raise self.wrong("code", _("应与文件名 {file} 一致").format(file=self.file))
        return code

    def name(self) -> Text:
        labels = self.texts("name")
        if set(labels) != {"zh", "en"}:
            raise self.wrong("name", _("应有 zh 和 en 两种名称"))
        return Text(**labels)

    def category(self, kind: Kind) -> Category:
        category = load().categories.get(self.text("category"))
        if category is None:
            raise self.wrong("category", _("目录中没有这一信息类"))
        if kind is Kind.ON_DEMAND and not category.on_demand:
            raise self.wrong("category", _("目录未将该信息类列为实时查询"))
        return category

    def owner(self, category: Category) -> Outside | None:
        """None for a department's own source: that must be the department of the category."""
        if ("department" in self.content) == ("outside" in self.content):
            raise self.wrong("department", _("department 与 outside 应填写其中一个"))
        if "outside" in self.content:
            return self.choice("outside", Outside)
        if self.text("department") != category.department:
            raise self.wrong(
                "department",
                _("信息类 {category} 属于部门 {department}").format(
                    category=category.code, department=category.department
                ),
            )
        return None

    def url(self, kind: Kind) -> str:
        url = self.text("url")
        if urlsplit(url).scheme not in SCHEMES[kind]:
            raise self.wrong(
                "url", _("应以 {schemes} 开头").format(schemes="、".join(f"{s}://" for s in SCHEMES[kind]))
            )
        password = urlsplit(url).password
        if password and not PLACEHOLDER.fullmatch(password):
            raise self.wrong("url", _("口令应放在环境变量中，写作 ${NAME}"))
        return url

    def method(self) -> str:
        method = self.text("method", "GET")
        if method not in ("GET", "POST"):
            raise self.wrong("method", _("应为 {choices} 之一").format(choices="GET、POST"))
        return method

    def paging(self) -> Paging:
        inner = _Declaration(self.file, self._mapping("paging"), "paging.")
        for field in inner.content:
            if field not in Paging.__dataclass_fields__:
                raise inner.wrong(field, _("没有这一字段"))
        kind = inner.choice("kind", Turning, Turning.SINGLE)
        first = inner.content.get("first", 1)
        if first not in (0, 1):
            raise inner.wrong("first", _("应为 {choices} 之一").format(choices="0、1"))
        cursor = inner.text("cursor_path") if kind is Turning.CURSOR else ""
        size_param = inner.text("size_param", "")
        return Paging(kind, inner.text("param", kind.value), first, size_param, inner.number("size", 500), cursor)

    def _mapping(self, field: str) -> dict[str, Any]:
        value = self.content.get(field, {})
        if not isinstance(value, dict):
            raise self.wrong(field, _("应为“名称: 取值”的列表"))
        return {str(name): one for name, one in value.items()}

    def aliases(self, category: Category) -> dict[str, str]:
        aliases = self.texts("aliases")
        for header, item in aliases.items():
            if item not in category.by_code:
                raise self.wrong(
                    f"aliases.{header}",
                    _("信息类 {category} 没有信息项 {item}").format(category=category.code, item=item),
                )
        return aliases

    def secrets(self) -> tuple[str, ...]:
        """The declared names; every placeholder must be one of them, so that a reader sees what is needed."""
        names = self.content.get("secrets", [])
        if not isinstance(names, list):
            raise self.wrong("secrets", _("应为环境变量名称的列表"))
        texts = [self.text("url"), *self.texts("params").values(), *self.texts("headers").values()]
        for name in (name for text in texts for name in PLACEHOLDER.findall(text)):
            if name not in names:
                raise self.wrong("secrets", _("没有列出环境变量 {name}").format(name=name))
        return tuple(str(name) for name in names)

    def schedule(self) -> str:
        cron = self.text("schedule", "")
        try:
            if cron:
                Schedule("", "", cron).next_after(clock.now())
        except ValueError as error:
            raise self.wrong("schedule", _("应为五段的 cron 时间，如 15 2 * * *")) from error
        return cron

    def asks_for_one(self, source: Source) -> None:
        """An on-demand source must say where the enterprise's code goes."""
        texts = [source.url, *source.params.values()]
        if source.kind is Kind.ON_DEMAND and not any("{uscc}" in text for text in texts):
            raise self.wrong("url", _("实时来源的 url 或 params 中应有 {uscc}"))
