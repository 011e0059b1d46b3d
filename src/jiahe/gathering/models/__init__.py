from jiahe.gathering.models.batch import Batch, BatchState, LoadMode, Outside
from jiahe.gathering.models.on_demand import Answer, Breaker
from jiahe.gathering.models.purge import Purge, PurgePlace, PurgeState
from jiahe.gathering.models.returned import Returned

__all__ = [
    "Answer",
    "Batch",
    "BatchState",
    "Breaker",
    "LoadMode",
    "Outside",
    "Purge",
    "PurgePlace",
    "PurgeState",
    "Returned",
]
