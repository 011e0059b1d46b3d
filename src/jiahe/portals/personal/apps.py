from django.apps import AppConfig


class PersonalConfig(AppConfig):
    name = "jiahe.portals.personal"
    label = "portal_personal"
