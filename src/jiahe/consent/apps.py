from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "jiahe.consent"
    label = "consent"
