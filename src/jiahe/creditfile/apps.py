from django.apps import AppConfig


class CreditfileConfig(AppConfig):
    name = "jiahe.creditfile"
    label = "creditfile"
