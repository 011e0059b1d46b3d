from django.apps import AppConfig


class DepartmentConfig(AppConfig):
    name = "jiahe.portals.department"
    label = "department_portal"
