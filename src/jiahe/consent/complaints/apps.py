from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "jiahe.consent.complaints"
    label = "complaints"
