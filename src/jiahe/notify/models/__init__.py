from jiahe.notify.models.message import Message

__all__ = ["Message"]
