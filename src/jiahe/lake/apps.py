from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "jiahe.lake"
    label = "lake"
