from django.apps import AppConfig


class AuthorityPortalConfig(AppConfig):
    name = "jiahe.portals.authority"
    label = "portal_authority"
