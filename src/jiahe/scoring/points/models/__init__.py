from jiahe.scoring.points.models.version import SystemVersion

__all__ = ["SystemVersion"]
