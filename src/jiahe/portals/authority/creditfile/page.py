"""The head and the sections of a credit file, from what the one door gave."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.catalogue import Category, Section, load
from jiahe.portals.authority import names
from jiahe.portals.authority.creditfile.blocks import Block, block
from jiahe.portals.authority.creditfile.labels import Chip, chips
from jiahe.profiles import Profile, Record

REASONS = {
    "written_consent": gettext_lazy("需本人书面同意，数据管理员不可见"),
    "source_down": gettext_lazy("来源暂时无法查询，此前也没有结果"),
}


@dataclass(frozen=True)
class Tab:
    """A section's name and how many records it holds."""

    section: str
    name: str
    count: int
    active: bool


@dataclass(frozen=True)
class Head:
    """What the first screen says of an enterprise."""

    line: tuple[str, ...]
    chips: tuple[Chip, ...]
    departments: int
    departments_of: int
    categories: int
    categories_of: int
    records: int
    negative: int
    disputed: int


@dataclass(frozen=True)
class SectionPage:
    """One section: blocks with records, categories withheld and why, categories without a record."""

    name: str
    blocks: tuple[Block, ...]
    withheld: tuple[tuple[str, str], ...]
    without: tuple[str, ...]
    never: tuple[str, ...]


def codes_of(section: Section) -> list[str]:
    """The categories of a section, in the catalogue's order."""
    return [c.code for c in load().categories.values() if c.section is section]


def head(profile: Profile) -> Head:
    """The figures of a whole file."""
    catalogue = load()
    present = [catalogue.categories[code] for code in profile.records]
    records = [r for rows in profile.records.values() for r in rows]
    return Head(
        line=_line(profile),
        chips=chips(profile),
        departments=len({c.department for c in present}),
        departments_of=len(catalogue.departments),
        categories=len(present),
        categories_of=len(catalogue.categories),
        records=len(records),
        negative=sum(len(profile.records[c.code]) for c in present if c.negative),
        disputed=sum(r.disputed for r in records),
    )


def _line(profile: Profile) -> tuple[str, ...]:
    """State, size, industry, county, date of establishment: those that are known."""
    enterprise = profile.enterprise
    founded = enterprise.established_on
    parts = (
        names.coded(names.STATES, enterprise.state),
        _size(profile),
        names.industry(enterprise.industry),
        names.county(enterprise.area),
        _("%(day)s 成立") % {"day": founded} if founded else "",
    )
    return tuple(p for p in parts if p)


def _size(profile: Profile) -> str:
    """The size class, from the newest record of any category that states one."""
    sized = [
        (record.business_date or record.loaded_on, names.coded(item.codes, str(value)))
        for code, records in profile.records.items()
        for item in load().categories[code].items
        if item.codes == names.SIZES
        for record in records[:1]
        if (value := record.values.get(item.code))
    ]
    return max(sized)[1] if sized else ""


def tabs(profile: Profile, active: Section) -> list[Tab]:
    """The five sections with their counts."""
    counts = {s: sum(len(profile.records.get(c, ())) for c in codes_of(s)) for s in names.SECTIONS}
    return [Tab(s.value, str(name), counts[s], s is active) for s, name in names.SECTIONS.items()]


def section_page(profile: Profile, section: Section, gathered: frozenset[str]) -> SectionPage:
    """One section; `gathered` are the categories that have been delivered for anybody at all."""
    categories = [load().categories[code] for code in codes_of(section)]
    withheld = {w.category: str(REASONS.get(w.reason, w.reason)) for w in profile.withheld}
    empty = [c for c in categories if c.code not in withheld and not profile.records.get(c.code)]
    return SectionPage(
        name=str(names.SECTIONS[section]),
        blocks=tuple(_block(profile, c, rows) for c in categories if (rows := profile.records.get(c.code))),
        withheld=tuple((_named(c), withheld[c.code]) for c in categories if c.code in withheld),
        without=tuple(_named(c) for c in empty if c.code in gathered),
        never=tuple(_named(c) for c in empty if c.code not in gathered),
    )


def _block(profile: Profile, category: Category, records: list[Record]) -> Block:
    found = block(category, records, profile.enterprise)
    return replace(found, last_known_at=profile.as_last_known_at.get(category.code))


def _named(category: Category) -> str:
    return names.said(category.name)


def about(category: Category) -> tuple[tuple[str, str], ...]:
    """What the catalogue says of a category: source, frequency, access, key, meaning."""
    key = "、".join(names.said(category.by_code[code].name) for code in category.key)
    lines = [
        (_("来源单位"), names.source(category)),
        (_("更新频率"), str(names.FREQUENCIES[category.frequency])),
        (_("访问方式"), str(names.AUTHORISATIONS[category.authorisation])),
        (_("记录主键"), key),
        (_("业务日期"), names.said(category.by_code[category.business_date].name)),
    ]
    if category.note:
        lines.append((_("口径"), names.said(category.note)))
    return tuple(lines)
