from jiahe.audit.models.access import AccessLog
from jiahe.audit.models.entry import Entry
from jiahe.audit.models.row import AppendOnlyError, Row
from jiahe.audit.models.segment import Book, Segment

BOOKS: dict[Book, type[Row]] = {Book.ACCESS: AccessLog, Book.JOURNAL: Entry}

__all__ = ["BOOKS", "AccessLog", "AppendOnlyError", "Book", "Entry", "Row", "Segment"]
