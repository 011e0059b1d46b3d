from jiahe.scoring.models.outcome import Default, Outcome

__all__ = ["Default", "Outcome"]
