from jiahe.financing.models.evaluation import Evaluation
from jiahe.financing.models.event import Event
from jiahe.financing.models.offer import Offer
from jiahe.financing.models.order import Order
from jiahe.financing.models.reminder import Reminder
from jiahe.financing.models.request import FinancingRequest
from jiahe.financing.models.tranche import Tranche

__all__ = ["Evaluation", "Event", "FinancingRequest", "Offer", "Order", "Reminder", "Tranche"]
