"""Which findings of a month are alarms: thresholds as parameters, findings as codes.

A code is `score`, the code of a feature, `calibration` or `ks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiahe.kit import parameters
from jiahe.scoring.monitoring import SCORE, Drift, Truth

CALIBRATION, KS = "calibration", "ks"


@dataclass(frozen=True)
class Thresholds:
    """PSI, relative deviation of defaults, KS; below `defaults` expected ones there is too little to judge by."""

    attention: float
    alarm: float
    deviation: float
    ks: float
    defaults: int


def thresholds(day: date) -> Thresholds:
    def value(name: str) -> int:
        return parameters.value(f"score_{name}", on=day)

    return Thresholds(
        attention=value("psi_attention_hundredths") / 100,
        alarm=value("psi_alarm_hundredths") / 100,
        deviation=value("calibration_alarm_percent") / 100,
        ks=value("ks_least_hundredths") / 100,
        defaults=value("calibration_defaults"),
    )


def attention(drift: Drift, limits: Thresholds) -> list[str]:
    """What has drifted, but not as far as an alarm."""
    return [code for code, psi in _indices(drift).items() if limits.attention <= psi < limits.alarm]


def alarms(drift: Drift, truth: Truth | None, limits: Thresholds) -> list[str]:
    found = [code for code, psi in _indices(drift).items() if psi >= limits.alarm]
    if truth is None or truth.expected < limits.defaults:
        return found
    if abs(truth.observed - truth.expected) >= limits.deviation * truth.expected:
        found.append(CALIBRATION)
    if truth.ks < limits.ks:
        found.append(KS)
    return found


def _indices(drift: Drift) -> dict[str, float]:
    return {SCORE: drift.score} | drift.characteristics
