from jiahe.scoring.models.card_version import CardState, CardVersion
from jiahe.scoring.models.outcome import Default, Outcome

__all__ = ["CardState", "CardVersion", "Default", "Outcome"]
