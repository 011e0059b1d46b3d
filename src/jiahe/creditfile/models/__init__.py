from jiahe.creditfile.models.enterprise import Enterprise, EnterpriseName
from jiahe.creditfile.models.mark import MarkKind, RecordMark

__all__ = ["Enterprise", "EnterpriseName", "MarkKind", "RecordMark"]
