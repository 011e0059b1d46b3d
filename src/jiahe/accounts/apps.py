from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jiahe.accounts"
    label = "accounts"
