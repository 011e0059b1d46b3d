from jiahe.audit.models.access import AccessLog

__all__ = ["AccessLog"]
