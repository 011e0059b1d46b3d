from jiahe.notify.models.address import Address, AddressKind
from jiahe.notify.models.message import Message
from jiahe.notify.models.outgoing import PUT_ASIDE, Channel, Outgoing, OutgoingState
from jiahe.notify.models.silence import Silence

__all__ = ["PUT_ASIDE", "Address", "AddressKind", "Channel", "Message", "Outgoing", "OutgoingState", "Silence"]
