"""The one door to an enterprise's data."""

from jiahe.creditfile.records import Record
from jiahe.profiles.batch import Batch, read_many
from jiahe.profiles.door import Profile, read
from jiahe.profiles.enums import Purpose, Reason
from jiahe.profiles.head import EnterpriseHead
from jiahe.profiles.view import Withheld

__all__ = ["Batch", "EnterpriseHead", "Profile", "Purpose", "Reason", "Record", "Withheld", "read", "read_many"]
