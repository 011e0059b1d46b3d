from jiahe.consent.models.consent import Consent, ConsentUse

__all__ = ["Consent", "ConsentUse"]
