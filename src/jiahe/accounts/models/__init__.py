from jiahe.accounts.models.attempt import SignInAttempts
from jiahe.accounts.models.organisation import Organisation
from jiahe.accounts.models.user import User

__all__ = ["Organisation", "SignInAttempts", "User"]
