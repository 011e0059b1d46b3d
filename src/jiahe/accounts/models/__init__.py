from jiahe.accounts.models.attempt import SignInAttempts
from jiahe.accounts.models.followed import Followed
from jiahe.accounts.models.identity import OutsideIdentity
from jiahe.accounts.models.invitation import Invitation
from jiahe.accounts.models.membership import Membership
from jiahe.accounts.models.organisation import Branch, Organisation
from jiahe.accounts.models.password import UsedPassword
from jiahe.accounts.models.phone_code import PhoneCode
from jiahe.accounts.models.session import SignedInSession
from jiahe.accounts.models.tally import Tally
from jiahe.accounts.models.user import User
from jiahe.accounts.models.verification import Verification

__all__ = [
    "Branch",
    "Followed",
    "Invitation",
    "Membership",
    "Organisation",
    "OutsideIdentity",
    "PhoneCode",
    "SignInAttempts",
    "SignedInSession",
    "Tally",
    "UsedPassword",
    "User",
    "Verification",
]
