from django.apps import AppConfig


class PublicPortalConfig(AppConfig):
    name = "jiahe.portals.public"
    label = "portal_public"
