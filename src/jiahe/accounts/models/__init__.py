from jiahe.accounts.models.attempt import SignInAttempts
from jiahe.accounts.models.membership import Membership
from jiahe.accounts.models.organisation import Branch, Organisation
from jiahe.accounts.models.user import User

__all__ = ["Branch", "Membership", "Organisation", "SignInAttempts", "User"]
