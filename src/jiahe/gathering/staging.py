"""A delivery inside the engine: its written values, their typed values, and which records are refused.

`staged` holds every record as it was written, in order; `understood` is a view of it with the typed value beside
each written one; `typed` keeps the typed values, made in the one pass that also checks them; `refused` lists the
records that break a check, and `replaced` those that a later record of the same delivery replaces.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import duckdb

from jiahe.catalogue import Catalogue, Category, Item, load
from jiahe.creditfile import registry
from jiahe.gathering import values
from jiahe.gathering.checks import Check, checks, raw
from jiahe.gathering.headers import Header, understand
from jiahe.gathering.readers.table import Table
from jiahe.lake.engines.duckdb import name
from jiahe.lake.versions import key_columns

OPERATION, GENERATED = "raw__op", "raw__generated"


@dataclass(frozen=True)
class Origin:
    """Where a stretch of staged records came from: record i stands in row first_row + i - first of the file."""

    file: str
    first: int
    count: int
    first_row: int


@dataclass
class Staging:
    """One delivery of one category in one engine session."""

    session: duckdb.DuckDBPyConnection
    category: Category
    today: date
    aliases: dict[str, str] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=load)
    origins: list[Origin] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    read: int = 0
    refused: int = 0

    def load(self, tables: list[Table]) -> None:
        """Read all tables; their headers are checked before the first record is read."""
        headers = [understand(self.category, t.columns, t.file, self.aliases) for t in tables]
        self.present = {code for h in headers for code in h.items}
        columns = [*(raw(i.code) for i in self.category.items if i.code in self.present), OPERATION, GENERATED]
        self.session.execute(f"CREATE TEMP TABLE staged ({', '.join(f'{name(c)} VARCHAR' for c in columns)})")
        for table, header in zip(tables, headers, strict=True):
            self._insert(table, header)
        self._create_types()
        registry.map_codes(self.session, "staged", raw("uscc"))
        self.session.execute(f"CREATE TEMP VIEW understood AS {self._understood()}")

    def _insert(self, table: Table, header: Header) -> None:
        positions = {column: f"c{i}" for i, column in enumerate(table.columns)}
        selected = [f"{positions[column]} AS {name(raw(code))}" for code, column in header.items.items()]
        for column, target in ((header.operation, OPERATION), (header.generated, GENERATED)):
            if column is not None:
                selected.append(f"{positions[column]} AS {target}")
        self.session.execute(f"INSERT INTO staged BY NAME SELECT {', '.join(selected)} FROM {table.sql}")
        count = self._count("staged") - self.read
        self.origins.append(Origin(table.file, self.read, count, table.first_row))
        self.unknown += [f"{table.file}: {column}" for column in header.unknown]
        self.read += count

    def _create_types(self) -> None:
        for codes in {i.codes for i in self.category.items if i.codes}:
            self.session.execute(values.create_spelling_type(self.catalogue.code_lists[codes]))

    def _understood(self) -> str:
        """Every item's typed value beside its written one; items that no file has are NULL."""
        selected = [self._value(item) for item in self.category.items]
        written = [name(raw(i.code)) for i in self.category.items if i.code in self.present]
        operation = f"coalesce(upper(trim({OPERATION})) IN ('D', '删除', '撤销'), false) AS _withdraw"
        generated = f"coalesce(trim({GENERATED}) IN ({values.listed(values.TRUE_WORDS)}), false) AS _generated"
        head = ["staged.rowid AS _row", "code_map.serial AS _serial", operation, generated]
        return (
            f"SELECT {', '.join([*head, *selected, *written])} FROM staged "
            f"LEFT JOIN code_map ON staged.{raw('uscc')} = code_map.written"
        )

    def _value(self, item: Item) -> str:
        if item.code == "uscc":
            expression = "code_map.code"  # made normal once for each code, not once for each record
        elif item.code in self.present:
            expression = values.value(item, raw(item.code), self.catalogue)
            if holder := self._amount_of(item):
                named = values.currency_in_text(self.catalogue.code_lists[item.codes or ""], name(raw(holder)))
                expression = f"coalesce({expression}, {named})"
        elif holder := self._amount_of(item):
            expression = values.currency_in_text(self.catalogue.code_lists[item.codes or ""], name(raw(holder)))
        else:
            expression = f"NULL::{values.ITEM_SQL[item.type]}"
        return f"{expression} AS {name(item.code)}"

    def _amount_of(self, item: Item) -> str | None:
        """The present amount whose currency this item holds."""
        holders = (i.code for i in self.category.items if i.currency == item.code and i.code in self.present)
        return next(holders, None)

    def checks(self) -> list[Check]:
        return checks(self.category, self.present, today=self.today.isoformat())

    def judge(self) -> int:
        """Find the refused records and those replaced within the delivery; gives how many are refused."""
        # The engine leaves the rest of a condition alone where its first part decides: in WHEN, not in a plain column.
        broken = " OR ".join(f"({c.broken})" for c in self.checks()) or "false"
        values = ", ".join(name(c) for c in ("_row", "_serial", "_withdraw", "_generated", *self.category.by_code))
        self.session.execute(
            f"CREATE TEMP TABLE typed AS SELECT {values}, CASE WHEN {broken} THEN true ELSE false END AS _broken FROM understood"
        )
        self.session.execute("CREATE TEMP TABLE refused AS SELECT _row FROM typed WHERE _broken")
        keys = ", ".join(name(c) for c in key_columns(self.category))
        self.session.execute(f"""CREATE TEMP TABLE replaced AS
            WITH kept AS (SELECT {keys}, _row FROM typed ANTI JOIN refused USING (_row)),
            last AS (SELECT {keys}, max(_row) AS last_row FROM kept GROUP BY ALL HAVING count(*) > 1)
            SELECT _row FROM kept SEMI JOIN last USING ({keys}) ANTI JOIN last ON _row = last_row""")
        self.refused = self._count("refused")
        return self.refused

    def forget_written(self) -> None:
        """Free the written values once the refused ones are kept; the typed values remain."""
        self.session.execute("DROP VIEW understood")
        self.session.execute("DROP TABLE staged")

    def accepted(self) -> str:
        """A sub-query of the records that enter the comparison: not refused, the last of their key."""
        out = [t for t in ("refused", "replaced") if self._count(t)]
        return f"(SELECT * FROM typed {' '.join(f'ANTI JOIN {t} USING (_row)' for t in out)})"

    def malformed(self) -> int:
        """Fill `malformed(file, row, text)` with the lines that are no records; gives their number."""
        self.session.execute("CREATE TEMP TABLE malformed (file VARCHAR, row BIGINT, text VARCHAR)")
        found = self.session.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'rejects'").fetchone()
        if found and found[0]:
            self.session.execute("""INSERT INTO malformed
                SELECT parse_filename(file_path), line, any_value(csv_line[:500])
                FROM rejects JOIN reject_scans USING (scan_id, file_id) GROUP BY ALL ORDER BY line""")
        return self._count("malformed")

    def generated(self) -> bool:
        """Whether the delivery holds generated records."""
        row = self.session.execute("SELECT bool_or(_generated) FROM typed").fetchone()
        return bool(row and row[0])

    def replaced(self) -> int:
        return self._count("replaced")

    def _count(self, table: str) -> int:
        row = self.session.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0
