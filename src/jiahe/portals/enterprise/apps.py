from django.apps import AppConfig


class EnterpriseConfig(AppConfig):
    name = "jiahe.portals.enterprise"
    label = "enterprise_portal"
