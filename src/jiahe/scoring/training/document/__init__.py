"""The model document: what an official reads before he lets a card judge enterprises. HTML and PDF of one content."""

from jiahe.scoring.training.document.pages import write

__all__ = ["write"]
