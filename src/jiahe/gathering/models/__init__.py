from jiahe.gathering.models.batch import Batch, BatchState, LoadMode

__all__ = ["Batch", "BatchState", "LoadMode"]
