from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jiahe.audit"
    label = "audit"
