from jiahe.consent.complaints.models.complaint import Complaint

__all__ = ["Complaint"]
