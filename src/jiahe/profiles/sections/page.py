"""A credit file as pages show it, from what the one door gave. The templates are `creditfile/` in web.

Every portal lays its file out below one address, the `root`: `root`, `root`SECTION/ and `root`categories/CODE/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiahe.catalogue import Category, Section, load, names
from jiahe.gathering.queries import batch as ledger
from jiahe.profiles import Profile, Record
from jiahe.profiles.derived import SCORE
from jiahe.profiles.enums import Reason
from jiahe.profiles.sections import blocks, cards, score
from jiahe.profiles.sections.blocks import Block, block
from jiahe.profiles.sections.labels import Chip, chips
from jiahe.web.paging import Page

RECORDS_A_PAGE = 20
SERIES_A_PAGE = 120
ASKABLE = frozenset(
    {
        Reason.NONE,
        Reason.NOT_NAMED,
        Reason.NOT_WRITTEN,
        Reason.REVOKED,
        Reason.EXPIRED,
        Reason.USED_UP,
        Reason.REPLACED,
        Reason.VOID,
        Reason.WRONG_DIRECTION,
    }
)


@dataclass(frozen=True)
class Tab:
    """A section's name and how many records it holds."""

    section: str
    name: str
    count: int
    active: bool


@dataclass(frozen=True)
class Closed:
    """A category that the door withheld, and why in words."""

    code: str
    name: str
    reason: Reason

    @property
    def askable(self) -> bool:
        """Whether asking the enterprise may open it."""
        return self.reason in ASKABLE

    @property
    def written(self) -> bool:
        """Whether it is the person concerned who must be asked."""
        return self.reason is Reason.NOT_WRITTEN


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
    closed: tuple[Closed, ...]


@dataclass(frozen=True)
class SectionPage:
    """One section: blocks with records and how they are written, categories withheld and why, categories without a record.

    `refused` are those of which a source said something and nothing can be shown, each with the number of rows.
    """

    name: str
    blocks: tuple[Block, ...]
    cards: SafeString
    withheld: tuple[Closed, ...]
    refused: tuple[tuple[str, int], ...]
    without: tuple[str, ...]
    never: tuple[str, ...]


def whole(profile: Profile, active: Section, place: Mapping[str, object]) -> dict[str, object]:
    """What `creditfile/file.html` is filled with: the head of a file that was read whole, and one section.

    `place` is what the portal knows of the page: its `root`, and whatever its templates need.
    """
    told = profile.derived.get(SCORE)
    return {
        "head": head(profile),
        "tabs": tabs(profile, active),
        "scored": score.scored(profile.derived),
        "unscored": told if told and told.unscored else None,
        "score_closed": next((one for one in closed_ones(profile) if one.code == SCORE), None),
        **section(profile, active, place),
    }


def section(profile: Profile, active: Section, place: Mapping[str, object]) -> dict[str, object]:
    """What `creditfile/section.html` is filled with."""
    return {
        "profile": profile,
        "enterprise": profile.enterprise,
        "section": section_page(profile, active, str(place["root"]), ledger.delivered()),
        **place,
    }


def size_of(category: Category, records: list[Record]) -> int:
    """How many records of a category stand on one page."""
    return SERIES_A_PAGE if blocks.is_series_of(category, records) else RECORDS_A_PAGE


def category(profile: Profile, category: Category, page: Page[Record]) -> dict[str, object]:
    """What `creditfile/category.html` is filled with: one category's records, with all their items."""
    records = profile.records.get(category.code, [])
    as_series = blocks.is_series_of(category, records) and page.rows
    return {
        "profile": profile,
        "enterprise": profile.enterprise,
        "name": _named(category),
        "place": f"{category.section.value}/#c{category.code}" if category.section in names.SECTIONS else "",
        "about": about(category),
        "withheld": closed_ones(profile),
        "last_known_at": profile.as_last_known_at.get(category.code),
        "refused": profile.refused.get(category.code, 0),
        "total": len(records),
        "page": page,
        "series": cards.series(blocks.series(category, page.rows, len(records)), full=True) if as_series else None,
        "records": [] if as_series else _records(profile, category, page.rows),
    }


def _records(profile: Profile, category: Category, records: Sequence[Record]) -> list[tuple[Block, SafeString]]:
    found = [blocks.facts(category, record, profile.enterprise) for record in records]
    return [(one, cards.facts(one)) for one in found]


@cache
def codes_of(section: Section) -> tuple[str, ...]:
    """The categories of a section, in the catalogue's order."""
    return tuple(c.code for c in load().categories.values() if c.section is section)


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
        closed=tuple(c for c in closed_ones(profile) if catalogue.readable[c.code].section is Section.LABELS),
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
        (newest.business_date or newest.loaded_on, names.coded(names.SIZES, str(value)))
        for code, item in _sizes()
        for newest in profile.records.get(code, [])[:1]
        if (value := newest.value(item))
    ]
    return max(sized)[1] if sized else ""


@cache
def _sizes() -> tuple[tuple[str, str], ...]:
    """The items of all categories that state a size class."""
    return tuple((c.code, i.code) for c in load().categories.values() for i in c.items if i.codes == names.SIZES)


def tabs(profile: Profile, active: Section) -> list[Tab]:
    """The five sections with their counts."""
    counts = {s: sum(len(profile.records.get(c, ())) for c in codes_of(s)) for s in names.SECTIONS}
    return [Tab(s.value, str(name), counts[s], s is active) for s, name in names.SECTIONS.items()]


def section_page(profile: Profile, section: Section, root: str, gathered: frozenset[str]) -> SectionPage:
    """One section of a file laid out below `root`; `gathered` are the categories that have been delivered for anybody at all."""
    categories = [load().categories[code] for code in codes_of(section)]
    closed = {c.code: c for c in closed_ones(profile)}
    empty = [c for c in categories if c.code not in closed and not profile.records.get(c.code)]
    found = tuple(_block(profile, c, rows) for c in categories if (rows := profile.records.get(c.code)))
    return SectionPage(
        name=str(names.SECTIONS[section]),
        blocks=found,
        cards=cards.cards(found, root, real=not profile.enterprise.generated),
        withheld=tuple(closed[c.code] for c in categories if c.code in closed),
        refused=tuple((_named(c), profile.refused[c.code]) for c in empty if c.code in profile.refused),
        without=tuple(_named(c) for c in empty if c.code in gathered and c.code not in profile.refused),
        never=tuple(_named(c) for c in empty if c.code not in gathered and c.code not in profile.refused),
    )


def closed_ones(profile: Profile) -> list[Closed]:
    """What was asked for and is not shown."""
    known = load().readable
    return [Closed(w.category, _named(known[w.category]), Reason(w.reason)) for w in profile.withheld]


def _block(profile: Profile, category: Category, records: list[Record]) -> Block:
    found = block(category, records, profile.enterprise)
    last_known_at, refused = profile.as_last_known_at.get(category.code), profile.refused.get(category.code, 0)
    return replace(found, last_known_at=last_known_at, refused=refused)


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
