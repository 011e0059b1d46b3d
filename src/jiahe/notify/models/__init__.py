from jiahe.notify.models.message import Message
from jiahe.notify.models.outgoing import Channel, Outgoing, OutgoingState

__all__ = ["Channel", "Message", "Outgoing", "OutgoingState"]
