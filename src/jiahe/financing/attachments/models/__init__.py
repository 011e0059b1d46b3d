from jiahe.financing.attachments.models.attachment import Attachment
from jiahe.financing.attachments.models.wanted import Wanted

__all__ = ["Attachment", "Wanted"]
