"""The one door to an enterprise's data."""

from jiahe.creditfile.records import Record
from jiahe.profiles.door import EnterpriseHead, Profile, Withheld, read
from jiahe.profiles.enums import Purpose, Reason

__all__ = ["EnterpriseHead", "Profile", "Purpose", "Reason", "Record", "Withheld", "read"]
