from django.apps import AppConfig


class GatheringConfig(AppConfig):
    name = "jiahe.gathering"
    label = "gathering"
