from jiahe.scoring.points.models.known import Known
from jiahe.scoring.points.models.version import SystemVersion

__all__ = ["Known", "SystemVersion"]
