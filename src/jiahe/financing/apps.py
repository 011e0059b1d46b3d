from django.apps import AppConfig


class FinancingConfig(AppConfig):
    name = "jiahe.financing"
    label = "financing"
