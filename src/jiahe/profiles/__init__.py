"""The one door to an enterprise's data."""

from jiahe.creditfile.records import Record
from jiahe.profiles.door import EnterpriseHead, Profile, Withheld, read

__all__ = ["EnterpriseHead", "Profile", "Record", "Withheld", "read"]
