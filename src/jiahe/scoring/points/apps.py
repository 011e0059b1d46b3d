from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "jiahe.scoring.points"
    label = "points"
