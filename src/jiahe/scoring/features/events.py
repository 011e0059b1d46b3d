"""The features that every kind of event has: how often, how much, how long ago, and whether it still stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import EVER, Aggregate, Family, Feature, Function, Unit, Where, Window


@dataclass(frozen=True)
class Events:
    """What happens now and then; where the department delivers at all, no record means that it did not happen."""

    code: str
    category: str
    name: Text
    better: int = -1
    where: tuple[Where, ...] = ()

    def only(self, code: str, name: Text, *where: Where) -> Events:
        """A narrower kind of the same."""
        return replace(self, code=code, name=name, where=(*self.where, *where))

    def counts(self, *months: int | None) -> tuple[Feature, ...]:
        return tuple(self._count(Window(n)) for n in months)

    def _count(self, window: Window) -> Feature:
        return self._feature(
            f"count_{window.code}",
            Text(f"{_lately(window)}{self.name.zh}次数", f"Number of {self.name.en.lower()}{_late(window)}"),
            Text(f"{_lately(window)}{self.name.zh}的记录数", f"How many records there are{_late(window)}"),
            Family.COUNT,
            Function.COUNT,
            window=window,
            unit=Unit.TIMES,
        )

    def amounts(self, item: str, name: Text, *months: int | None, unit: Unit = Unit.FEN) -> tuple[Feature, ...]:
        return tuple(
            self._feature(
                f"{item}_{window.code}",
                Text(
                    f"{_lately(window)}{self.name.zh}{name.zh}", f"{name.en} of {self.name.en.lower()}{_late(window)}"
                ),
                Text(f"{_lately(window)}{self.name.zh}的{name.zh}相加", f"The sum of it{_late(window)}"),
                Family.LEVEL,
                Function.SUM,
                item,
                window=window,
                unit=unit,
            )
            for window in map(Window, months)
        )

    def since(self) -> Feature:
        """Null where it never happened."""
        return Feature(
            f"{self.code}_since",
            Text(f"距最近一次{self.name.zh}的月数", f"Months since the last of {self.name.en.lower()}"),
            Text(f"最近一次{self.name.zh}距今的月数，从未发生则无值", "No value where it never happened"),
            Unit.MONTHS,
            Family.RECENCY,
            (Aggregate(self.category, Function.SINCE, "", EVER, self.where),),
            arithmetic.value,
            EVER,
            -self.better,
        )

    def standing(self, item: str, *values: str | bool | None) -> Feature:
        """Those that have not ended: the item is one of the values, by default not stated."""
        where = Where(item, values or (None,))
        return self._feature(
            "standing",
            Text(f"未了结的{self.name.zh}数", f"Standing {self.name.en.lower()}"),
            Text(f"至今尚未了结或仍有效的{self.name.zh}记录数", "How many have not ended"),
            Family.COUNT,
            Function.COUNT,
            where=(where,),
            unit=Unit.TIMES,
        )

    def _feature(
        self,
        part: str,
        name: Text,
        meaning: Text,
        family: Family,
        function: Function,
        item: str = "",
        *,
        where: tuple[Where, ...] = (),
        window: Window = EVER,
        unit: Unit,
    ) -> Feature:
        aggregate = Aggregate(self.category, function, item, window, (*self.where, *where))
        inputs, combine = (aggregate,), arithmetic.value
        return Feature(
            f"{self.code}_{part}", name, meaning, unit, family, inputs, combine, window, self.better, zero=True
        )


def _lately(window: Window) -> str:
    return "历年" if window.months is None else f"近{window.months}个月"


def _late(window: Window) -> str:
    return "" if window.months is None else f", last {window.months} months"
