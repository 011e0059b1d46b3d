from jiahe.financing.precredit.models.answer import Answer
from jiahe.financing.precredit.models.precredit import Precredit
from jiahe.financing.precredit.models.rule import LimitRule

__all__ = ["Answer", "LimitRule", "Precredit"]
