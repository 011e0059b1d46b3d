from jiahe.gathering.models.batch import Batch, BatchState, LoadMode
from jiahe.gathering.models.purge import Purge, PurgePlace, PurgeState
from jiahe.gathering.models.returned import Returned

__all__ = ["Batch", "BatchState", "LoadMode", "Purge", "PurgePlace", "PurgeState", "Returned"]
