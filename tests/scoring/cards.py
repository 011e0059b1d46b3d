"""A small card, for whoever tests with one."""

from __future__ import annotations

from jiahe.scoring.card import Bin, Card, Characteristic, Direction, Logistic, Origin, Scaling, Share

CARD = Card(
    base=480,
    scaling=Scaling(points=600, odds=20.0, pdo=40.0),
    characteristics=(
        Characteristic(
            code="paid_months",
            direction=Direction.RISING,
            weight=-0.8,
            average=31.25,
            bins=(
                Bin(below=6.0, points=0, woe=-0.9, records=200, defaults=40),
                Bin(below=12.0, points=21, woe=0.1, records=300, defaults=30),
                Bin(below=None, points=48, woe=1.0, records=400, defaults=10),
            ),
            missing=Bin(below=None, points=12, woe=-0.3, records=100, defaults=20),
        ),
        Characteristic(
            code="debt_ratio",
            direction=None,
            weight=-0.5,
            average=64.5,
            bins=(
                Bin(below=-250.5, points=40, woe=-0.2, records=250, defaults=30),
                Bin(below=0.0, points=90, woe=0.8, records=250, defaults=10),
                Bin(below=6000.0, points=75, woe=0.5, records=250, defaults=20),
                Bin(below=None, points=53, woe=-0.4, records=200, defaults=38),
            ),
            missing=Bin(below=None, points=55, woe=0.0, records=50, defaults=2),
        ),
    ),
    calibration=Logistic(slope=-0.0173, intercept=7.3),
    bands=(610, 580, 550, 520),
    distribution=(Share(upto=540, records=300, defaults=60), Share(upto=None, records=700, defaults=40)),
    origin=Origin(
        data_sha256="a" * 64,
        rows=1000,
        defaults=100,
        target="defaulted",
        seed=7,
        lock_sha256="b" * 64,
        threads=1,
        observed_from="2024-01-31",
        observed_to="2025-06-30",
    ),
)
