from jiahe.products.models.product import Product
from jiahe.products.models.variant import Variant
from jiahe.products.models.version import Fee, ProductVersion

__all__ = ["Fee", "Product", "ProductVersion", "Variant"]
