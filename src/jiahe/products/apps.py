from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "jiahe.products"
    label = "products"
