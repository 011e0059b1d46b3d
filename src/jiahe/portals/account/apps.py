from django.apps import AppConfig


class AccountPortalConfig(AppConfig):
    name = "jiahe.portals.account"
    label = "portal_account"
