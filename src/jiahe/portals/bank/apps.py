from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "jiahe.portals.bank"
    label = "bank_portal"
