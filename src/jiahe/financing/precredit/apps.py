from django.apps import AppConfig


class PrecreditConfig(AppConfig):
    name = "jiahe.financing.precredit"
    label = "precredit"
