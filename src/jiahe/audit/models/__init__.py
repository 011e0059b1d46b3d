from jiahe.audit.models.access import AccessLog
from jiahe.audit.models.entry import Entry
from jiahe.audit.models.row import AppendOnlyError
from jiahe.audit.models.segment import Book, Segment

__all__ = ["AccessLog", "AppendOnlyError", "Book", "Entry", "Segment"]
