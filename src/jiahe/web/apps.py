from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jiahe.web"
    label = "web"
