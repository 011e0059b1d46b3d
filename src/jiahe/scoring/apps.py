from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "jiahe.scoring"
    label = "scoring"
