from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "jiahe.notify"
    label = "notify"
