"""Reads a labelled table, CSV or Parquet, and refuses what no card can be made from, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import file_digest
from pathlib import Path

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from sklearn.model_selection import StratifiedKFold

from jiahe.scoring.training import windows
from jiahe.scoring.training.errors import BadTable

LEAST_ROWS = 100
LEAST_EACH = 20
# What an enterprise is, not what it does: fairness is looked at by these, and no card reads them.
GROUPS = ("size", "county", "division", "industry", "kind")
AGES = ("age", "age_months")  # in months; a feature all the same

Fold = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Table:
    """Rows in an order that depends on ids, days and seed alone. `left_out` are the columns that are no numbers.

    `enterprises` numbers the ids: one that was observed on several days has several rows.
    """

    file: str
    sha256: str
    features: pd.DataFrame
    target: np.ndarray
    enterprises: np.ndarray
    groups: pd.DataFrame
    days: np.ndarray | None
    left_out: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Of the features."""
        return names(self.features)

    def __len__(self) -> int:
        return len(self.target)

    def rows(self, which: np.ndarray) -> Table:
        """The rows at these positions."""
        return replace(
            self,
            features=self.features.iloc[which].reset_index(drop=True),
            target=self.target[which],
            enterprises=self.enterprises[which],
            groups=self.groups.iloc[which].reset_index(drop=True),
            days=None if self.days is None else self.days[which],
        )

    def without(self, columns: list[str]) -> Table:
        return replace(self, features=self.features.drop(columns=columns))

    def folds(self, number: int, seed: int) -> list[Fold]:
        """Rows to learn from and rows to ask about; all rows of an enterprise are on one side, defaults spread evenly."""
        enterprises, first, own = np.unique(self.enterprises, return_index=True, return_inverse=True)
        defaulted = np.zeros(len(enterprises), dtype="int8")
        np.maximum.at(defaulted, own, self.target)
        # In the order of their first rows, which is the seed's.
        order = np.argsort(first, kind="stable")
        folds = StratifiedKFold(number, shuffle=True, random_state=seed).split(order, defaulted[order])
        asked = [np.isin(own, order[held]) for _learned, held in folds]
        return [(np.flatnonzero(~held), np.flatnonzero(held)) for held in asked]


def names(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns]


def read(file: Path, *, target: str, identity: str, time: str | None, seed: int, today: date) -> Table:
    """The table, shuffled with the seed."""
    frame = _frame(file, [name for name in (identity, time) if name])
    checks = Checks(file)
    checks.columns(frame, [name for name in (target, identity, time) if name])
    label = checks.target(frame[target])
    days = checks.days(frame[time], today) if time else None
    checks.ids(frame[identity], days)
    rest = frame.drop(columns=[name for name in (target, identity, time) if name])
    words = [name for name in names(rest) if _is_words(rest[name])]
    numbers = rest.drop(columns=[*words, *(name for name in GROUPS if name in rest)], errors="ignore")
    features = pd.DataFrame({name: checks.numbers(numbers[name]) for name in names(numbers)}, index=frame.index)
    if features.empty:
        raise checks.bad(_("除标签和标识外没有数值列"), _("请至少给出一列数值特征"))
    groups = rest[[name for name in GROUPS if name in rest]].astype("string")
    for name in AGES:
        if name in features:
            groups["age"] = features[name].map(windows.age_in_words)
    left_out = tuple(name for name in words if name not in GROUPS)
    with file.open("rb") as opened:
        sha256 = file_digest(opened, "sha256").hexdigest()
    enterprises = np.unique(frame[identity].to_numpy(dtype=str), return_inverse=True)[1]
    table = Table(file.name, sha256, features, label, enterprises, groups, days, left_out)
    return table.rows(_order(enterprises, days, seed))


def _order(enterprises: np.ndarray, days: np.ndarray | None, seed: int) -> np.ndarray:
    """By id and day, then shuffled: the order in the file says nothing and decides nothing."""
    keys = [enterprises] if days is None else [days, enterprises]
    return np.lexsort(keys)[np.random.default_rng(seed).permutation(len(enterprises))]


def _frame(file: Path, as_text: list[str]) -> pd.DataFrame:
    checks = Checks(file)
    if not file.is_file():
        raise checks.bad(_("没有这个文件"), _("请检查路径"))
    if not file.stat().st_size:
        raise checks.bad(_("文件是空的"), _("请重新导出"))
    try:
        if file.suffix.lower() in (".parquet", ".pq"):
            return pd.read_parquet(file).reset_index(drop=True)
        return _csv(file, as_text)
    except (ValueError, OSError) as broken:
        # pandas and pyarrow say in ValueError and OSError what they could not read.
        fault = str(broken).strip().partition("\n")[0]
        raise checks.bad(
            _("读不出来（{fault}）").format(fault=fault), _("请另存为 UTF-8 的 CSV 或 Parquet")
        ) from broken


def _csv(file: Path, as_text: list[str]) -> pd.DataFrame:
    types = dict.fromkeys(as_text, "string")
    try:
        return pd.read_csv(file, dtype=types, low_memory=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        return pd.read_csv(file, dtype=types, low_memory=False, encoding="gb18030")


def _is_words(column: pd.Series) -> bool:
    """Not one value is a number."""
    if pd.api.types.is_numeric_dtype(column.dtype) or not column.notna().any():
        return False
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return True
    return not pd.to_numeric(column, errors="coerce").notna().any()


class Checks:
    """What a table must be; each method gives the column as it is used, or says what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.file = file.name
        # The first line of a CSV is its header.
        self.first = 1 if file.suffix.lower() in (".parquet", ".pq") else 2

    def bad(self, what: str, remedy: str) -> BadTable:
        return BadTable(file=self.file, what=what, remedy=remedy)

    def line(self, wrong: pd.Series) -> int:
        """The line of the first row that is wrong."""
        return int(np.flatnonzero(wrong.to_numpy(dtype=bool))[0]) + self.first

    def columns(self, frame: pd.DataFrame, needed: list[str]) -> None:
        if missing := [name for name in needed if name not in frame]:
            raise self.bad(
                _("没有列 {missing}").format(missing="、".join(missing)),
                _("文件中的列是 {names}").format(names="、".join(map(str, frame.columns[:12]))),
            )
        if len(set(needed)) < len(needed):
            raise self.bad(_("标签、标识和时间用了同一列"), _("请分别指定"))
        if len(frame) < LEAST_ROWS:
            raise self.bad(
                _("只有 {rows} 行").format(rows=len(frame)),
                _("至少需要 {least} 行，请扩大样本").format(least=LEAST_ROWS),
            )

    def ids(self, column: pd.Series, days: np.ndarray | None) -> None:
        if (empty := column.isna()).any():
            raise self.bad(
                _("第 {line} 行的“{name}”是空的").format(line=self.line(empty), name=column.name), _("请补上或删除该行")
            )
        if (twice := pd.DataFrame({"id": column, "day": days}).duplicated()).any():
            line = self.line(twice)
            what = _("“{name}”有 {count} 行重复，第一处是第 {line} 行的“{value}”").format(
                name=column.name, count=int(twice.sum()), line=line, value=column.iloc[line - self.first]
            )
            once = _("每家企业只留一行，请去重") if days is None else _("每家企业每个观察日只留一行，请去重")
            raise self.bad(what, once)

    def target(self, column: pd.Series) -> np.ndarray:
        if (empty := column.isna()).any():
            what = _("“{name}”有 {count} 行没有标签，第一处是第 {line} 行").format(
                name=column.name, count=int(empty.sum()), line=self.line(empty)
            )
            raise self.bad(what, _("请补上 0 或 1，或删除这些行"))
        label = pd.to_numeric(column, errors="coerce").astype("float64")
        if (other := ~label.isin([0, 1])).any():
            line = self.line(other)
            what = _("“{name}”应只有 0 和 1，第 {line} 行是“{value}”").format(
                name=column.name, line=line, value=column.iloc[line - self.first]
            )
            raise self.bad(what, _("请把违约记为 1，未违约记为 0"))
        defaults = int(label.sum())
        if min(defaults, len(label) - defaults) == 0:
            what = _("“{name}”全是 {value}").format(name=column.name, value=int(label.iloc[0]))
            raise self.bad(what, _("请同时给出违约和未违约的企业"))
        if min(defaults, len(label) - defaults) < LEAST_EACH:
            what = _("违约 {defaults} 家，未违约 {sound} 家").format(defaults=defaults, sound=len(label) - defaults)
            raise self.bad(what, _("每一类至少需要 {least} 家，请扩大样本").format(least=LEAST_EACH))
        return label.to_numpy(dtype="int8")

    def days(self, column: pd.Series, today: date) -> np.ndarray:
        days = windows.days(column)
        if (unread := days.isna()).any():
            line = self.line(unread)
            what = _("第 {line} 行的“{name}”是“{value}”，不是日期").format(
                line=line, name=column.name, value=column.iloc[line - self.first]
            )
            raise self.bad(what, _("请写成 2024-06-30、2024-06 或 2024"))
        if (future := days > pd.Timestamp(today)).any():
            line = self.line(future)
            what = _("第 {line} 行的“{name}”是 {value}，晚于今天").format(
                line=line, name=column.name, value=days.iloc[line - self.first].date()
            )
            raise self.bad(what, _("观察日应在过去，请更正"))
        return days.to_numpy(dtype="datetime64[D]")

    def numbers(self, column: pd.Series) -> pd.Series:
        known = pd.to_numeric(column, errors="coerce").astype("float64")
        if (words := known.isna() & column.notna()).any():
            line = self.line(words)
            what = _("第 {line} 行的“{name}”是“{value}”，不是数").format(
                line=line, name=column.name, value=column.iloc[line - self.first]
            )
            raise self.bad(what, _("请改成数，没有值就留空"))
        if (endless := known.abs() == np.inf).any():
            what = _("第 {line} 行的“{name}”是无穷大").format(line=self.line(endless), name=column.name)
            raise self.bad(what, _("请改成数，没有值就留空"))
        return known
