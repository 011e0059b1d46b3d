"""The features that every monthly series has: what it comes to, where it goes, how it swings, where it is missing."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import EVER, Aggregate, Combine, Family, Feature, Function, Unit, Where, Window


@dataclass(frozen=True)
class Series:
    """An item that comes month by month. `several` says that a month may have several records (accounts, kinds)."""

    code: str
    category: str
    item: str
    name: Text
    unit: Unit = Unit.FEN
    better: int = 0
    where: tuple[Where, ...] = ()
    several: bool = False

    def over(self, function: Function, window: Window, item: str | None = None) -> Aggregate:
        return Aggregate(self.category, function, self.item if item is None else item, window, self.where)

    def sum(self, months: int, skipped: int = 0) -> Aggregate:
        return self.over(Function.SUM, Window(months, skipped))

    def months(self, window: Window) -> Aggregate:
        """How many months have a record."""
        return self.over(Function.MONTHS if self.several else Function.COUNT, window, "")

    def totals(self, *months: int) -> tuple[Feature, ...]:
        return tuple(self._total(n) for n in months)

    def _total(self, n: int) -> Feature:
        return self._feature(
            f"{n}m",
            Text(f"近{n}个月{self.name.zh}", f"{self.name.en}, last {n} months"),
            Text(f"最近{n}个月各月{self.name.zh}相加", f"The sum of {self.name.en.lower()} over the last {n} months"),
            Family.LEVEL,
            (self.sum(n),),
            arithmetic.value,
            Window(n),
        )

    def changes(self, *months: int) -> tuple[Feature, ...]:
        """Against the same number of months right before."""
        return tuple(self._change(n, n, "前", "the {n} months before") for n in months)

    def years(self, *months: int) -> tuple[Feature, ...]:
        """Against the same months a year earlier, which takes the season out."""
        return tuple(self._change(n, 12, "上年同期", "the same months a year earlier") for n in months)

    def _change(self, n: int, skipped: int, against: str, english: str) -> Feature:
        against = f"前{n}个月" if against == "前" else against
        english = english.format(n=n)
        return self._feature(
            f"change_{n}m" if skipped == n else f"year_on_year_{n}m",
            Text(f"近{n}个月{self.name.zh}较{against}变化", f"{self.name.en}, last {n} months against {english}"),
            Text(
                f"最近{n}个月{self.name.zh}合计比{against}合计多出的比例",
                f"By how much the last {n} months exceed {english}",
            ),
            Family.TREND,
            (self.sum(n), self.sum(n, skipped)),
            arithmetic.change,
            Window(n + skipped),
            unit=Unit.HUNDREDTHS,
        )

    def slopes(self, *months: int) -> tuple[Feature, ...]:
        return tuple(self._slope(n) for n in months)

    def _slope(self, n: int) -> Feature:
        window = Window(n)
        inputs = (
            self.over(Function.MOMENT, window),
            self.sum(n),
            self.over(Function.COUNT, window),
            self.over(Function.MOMENT, window, ""),
            self.over(Function.SQUARES, window, ""),
        )
        return self._feature(
            f"slope_{n}m",
            Text(f"近{n}个月{self.name.zh}走势", f"Trend of {self.name.en.lower()}, last {n} months"),
            Text(
                f"最近{n}个月{self.name.zh}按最小二乘每月增减，占月均的比例",
                f"The least-squares rise a month of the last {n} months, of the mean month",
            ),
            Family.TREND,
            inputs,
            arithmetic.slope,
            window,
            unit=Unit.HUNDREDTHS,
        )

    def spreads(self, *months: int) -> tuple[Feature, ...]:
        return tuple(self._spread(n) for n in months)

    def _spread(self, n: int) -> Feature:
        largest, least = (self.over(function, Window(n)) for function in (Function.MAX, Function.MIN))
        return self._feature(
            f"spread_{n}m",
            Text(f"近{n}个月{self.name.zh}波动", f"Swing of {self.name.en.lower()}, last {n} months"),
            Text(
                f"最近{n}个月里{self.name.zh}最高月与最低月之差，占月均的比例",
                f"From the lowest to the highest month of the last {n}, of the mean month",
            ),
            Family.VOLATILITY,
            (largest, least, self.sum(n), self.over(Function.COUNT, Window(n))),
            arithmetic.spread,
            Window(n),
            unit=Unit.HUNDREDTHS,
            better=-1,
        )

    def lowest(self, n: int) -> Feature:
        return self._feature(
            f"lowest_{n}m",
            Text(f"近{n}个月{self.name.zh}最低月占月均", f"Lowest month of {self.name.en.lower()}, last {n} months"),
            Text(f"最近{n}个月里{self.name.zh}最低的一个月占月均的比例", "The lowest month, of the mean month"),
            Family.VOLATILITY,
            (self.over(Function.MIN, Window(n)), self.sum(n), self.over(Function.COUNT, Window(n))),
            arithmetic.share_of_average,
            Window(n),
            unit=Unit.HUNDREDTHS,
            better=1,
        )

    def gaps(self, *months: int) -> tuple[Feature, ...]:
        return tuple(self._gap(n) for n in months)

    def _gap(self, n: int) -> Feature:
        first = self.over(Function.FIRST, EVER, "")
        return self._feature(
            f"gaps_{n}m",
            Text(f"近{n}个月缺{self.name.zh}的月数", f"Months without {self.name.en.lower()}, last {n}"),
            Text(
                f"最近{n}个月里没有{self.name.zh}记录的月数，自有记录起计算",
                f"How many of the last {n} months have no record, counted from the first one",
            ),
            Family.GAPS,
            (self.months(Window(n)), first),
            arithmetic.Missing(n),
            Window(n),
            unit=Unit.MONTHS,
            better=-1,
        )

    def zeros(self, n: int) -> Feature:
        where = (*self.where, Where(self.item, below=1))
        return self._feature(
            f"zeros_{n}m",
            Text(f"近{n}个月{self.name.zh}为零的月数", f"Months of no {self.name.en.lower()}, last {n}"),
            Text(f"最近{n}个月里{self.name.zh}为零或为负的记录数", "Records of 0 or less"),
            Family.GAPS,
            (Aggregate(self.category, Function.COUNT, "", Window(n), where),),
            arithmetic.value,
            Window(n),
            unit=Unit.MONTHS,
            better=-1,
        )

    def history(self) -> Feature:
        return self._feature(
            "history",
            Text(f"{self.name.zh}有记录的月数跨度", f"History of {self.name.en.lower()}"),
            Text(f"自{self.name.zh}最早一条记录起的月数", "Months since the oldest record"),
            Family.RECENCY,
            (self.over(Function.FIRST, EVER, ""),),
            arithmetic.value,
            EVER,
            unit=Unit.MONTHS,
            better=1,
        )

    def newest(self) -> Feature:
        return self._feature(
            "newest",
            Text(f"距最近一次{self.name.zh}记录的月数", f"Months since the newest {self.name.en.lower()}"),
            Text("最近一条记录距今的月数，1 为最近一个应报送的月", "1 is the newest month that is usually delivered"),
            Family.RECENCY,
            (self.over(Function.SINCE, EVER, ""),),
            arithmetic.value,
            EVER,
            unit=Unit.MONTHS,
            better=-1,
        )

    def of(self, whole: Series, code: str, name: Text, *months: int, better: int = 0) -> tuple[Feature, ...]:
        """What share this is of another series."""
        return tuple(
            Feature(
                f"{code}_{n}m",
                Text(f"近{n}个月{name.zh}", f"{name.en}, last {n} months"),
                Text(
                    f"最近{n}个月{self.name.zh}合计占{whole.name.zh}合计的比例",
                    f"{self.name.en} of {whole.name.en.lower()} over the last {n} months",
                ),
                Unit.HUNDREDTHS,
                Family.RATIO,
                (self.sum(n), whole.sum(n)),
                arithmetic.ratio,
                Window(n),
                better,
            )
            for n in months
        )

    def _feature(
        self,
        part: str,
        name: Text,
        meaning: Text,
        family: Family,
        inputs: tuple[Aggregate, ...],
        combine: Combine,
        window: Window,
        *,
        unit: Unit | None = None,
        better: int | None = None,
    ) -> Feature:
        better = self.better if better is None else better
        return Feature(f"{self.code}_{part}", name, meaning, unit or self.unit, family, inputs, combine, window, better)
