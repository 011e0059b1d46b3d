"""What the catalogue declares: departments, categories, items and code lists, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class ItemType(StrEnum):
    """How an item is written in a file and kept in the lake (see `ITEM_STORAGE`)."""

    STRING = "string"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YEAR_MONTH = "year_month"
    BOOLEAN = "boolean"
    CODE = "code"


class Section(StrEnum):
    """The five sections of a credit profile, and the labels shown at its head (DOMAIN §0)."""

    REGISTRATION = "registration"
    RELATIONS = "relations"
    OPERATIONS = "operations"
    ASSETS = "assets"
    RISKS = "risks"
    LABELS = "labels"
    DERIVED = "derived"  # of the platform's own making: scores, points


class Frequency(StrEnum):
    REALTIME = "realtime"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Authorisation(StrEnum):
    """P0 open · A1 ordinary consent · A2 separate consent · R the person's own written consent."""

    P0 = "P0"
    A1 = "A1"
    A2 = "A2"
    R = "R"


class Sensitivity(StrEnum):
    OPEN = "open"
    BUSINESS = "business"
    PERSONAL = "personal"
    PHONE = "phone"
    IDENTITY = "identity"


class Retention(StrEnum):
    """Which retention rule applies; the numbers are parameters with jurisdiction and effective date."""

    SUBJECT = "subject"  # while the subject exists, and some years after
    NEGATIVE = "negative"  # some years from the determination or the end of the act


@dataclass(frozen=True)
class Text:
    """One label in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Item:
    """One field of a category.

    `scale` is the power of ten between a written decimal and the integer kept in the lake;
    for money (`unit` 元 or 万元) the integer counts fen.
    """

    code: str
    name: Text
    type: ItemType
    unit: str | None = None
    scale: int = 0
    codes: str | None = None
    required: bool = False
    sensitivity: Sensitivity = Sensitivity.BUSINESS
    currency: str | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    pattern: str | None = None
    max_length: int | None = None
    not_before: str | None = None
    not_future: bool = False
    uscc: bool = False
    aliases: tuple[str, ...] = ()
    meaning: Text | None = None

    @property
    def is_money(self) -> bool:
        return self.unit in ("元", "万元")

    @property
    def encrypted(self) -> bool:
        """Phone and identity numbers never reach lake, document, quarantine or log in clear."""
        return self.sensitivity in (Sensitivity.PHONE, Sensitivity.IDENTITY)


@dataclass(frozen=True)
class RecordClass:
    """Records whose `item` has one of `values` belong to another authorisation class than their category."""

    item: str
    values: tuple[str, ...]
    authorisation: Authorisation


@dataclass(frozen=True, eq=False)  # what is worked out for a category is kept by it: a cheap hash
class Category:
    """One of the 104 kinds of record. `key` names the items that identify a record; `uscc` is always among them.

    `natural_authorisation` takes the place of `authorisation` where the subject is a natural person.
    """

    code: str
    name: Text
    department: str
    section: Section
    frequency: Frequency
    authorisation: Authorisation
    negative: bool
    retention: Retention
    usual_delay_days: int
    key: tuple[str, ...]
    business_date: str
    items: tuple[Item, ...]
    ended_on: str | None = None
    severity: str | None = None
    version: str | None = None
    on_demand: bool = False
    record_classes: tuple[RecordClass, ...] = ()
    natural_authorisation: Authorisation | None = None
    note: Text | None = None

    @cached_property
    def by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def personal(self) -> frozenset[str]:
        """The items that hold names or words of private persons; numbers and codes tell nobody by themselves."""
        words = (ItemType.STRING, ItemType.TEXT)
        return frozenset(i.code for i in self.items if i.sensitivity is Sensitivity.PERSONAL and i.type in words)

    @property
    def slug(self) -> str:
        """The English name as a file or table name, for people who look into the folders."""
        return f"c{self.code}"


@dataclass(frozen=True)
class Department:
    code: str
    name: Text
    categories: tuple[Category, ...]


@dataclass(frozen=True)
class CodeValue:
    """One value of a code list; `aliases` are other spellings that departments write for it."""

    code: str
    name: Text
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True)
class CodeList:
    """A closed list. `parents` names the list that the values' parents are of, where it is another one."""

    code: str
    name: Text
    source: str
    values: tuple[CodeValue, ...]
    parents: str | None = None

    @cached_property
    def by_code(self) -> dict[str, CodeValue]:
        return {value.code: value for value in self.values}


@dataclass(frozen=True)
class Catalogue:
    """`derived` is what the platform makes of the departments' categories; it is read and consented to as theirs are.

    `attached` is derived as well, but goes with an application and is seen there alone, under the consent that goes with it.
    """

    departments: tuple[Department, ...]
    code_lists: dict[str, CodeList] = field(default_factory=dict)
    derived: tuple[Category, ...] = ()
    attached: tuple[Category, ...] = ()

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {c.code: c for d in self.departments for c in d.categories}

    @cached_property
    def readable(self) -> dict[str, Category]:
        """What a reader may ask for: the departments' categories, and what is derived of them."""
        return self.categories | {c.code: c for c in self.derived}

    @cached_property
    def consentable(self) -> dict[str, Category]:
        """What a consent may name: what may be read, and what goes with an application."""
        return self.readable | {c.code: c for c in self.attached}

    @cached_property
    def department_names(self) -> dict[str, Text]:
        return {d.code: d.name for d in self.departments}

    @property
    def item_count(self) -> int:
        return sum(len(c.items) for c in self.categories.values())
