"""The place of each scored enterprise among its peers: the same industry division and size class, the best first."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from jiahe.lake.engines.frames import Frame
from jiahe.scoring.features.peers import GROUP

READ = ("_serial", "score", *GROUP)


def ranked(frame: Frame) -> Frame:
    """The scored rows of a frame that have a division and a size class: `_serial`, `position` from 1 on, and `peers`.

    Of equal scores the lower serial stands first, so that a rank says the same whenever it is worked out.
    """
    placed = frame.filter(~(nw.col("score").is_null() | nw.col("division").is_null() | nw.col("size").is_null()))
    falling = placed.select("_serial", *GROUP, (-nw.col("score")).alias("_falling"))
    position = nw.col("_serial").cum_count().over(*GROUP, order_by=["_falling", "_serial"])
    return falling.select(
        "_serial", position.cast(nw.Int32).alias("position"), nw.col("_serial").count().over(*GROUP).alias("peers")
    )
