from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "jiahe.portals.importing"
    label = "portal_importing"
