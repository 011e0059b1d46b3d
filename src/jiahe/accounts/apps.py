from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jiahe.accounts"
    label = "accounts"

    def ready(self) -> None:
        from jiahe.accounts.queries.holders import holders
        from jiahe.notify.audience import register

        register(holders)
