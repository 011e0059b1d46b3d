"""What an institution offers: one product, whose terms lie in its versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiahe.accounts.models import Organisation
from jiahe.products.enums import ProductState


class Product(models.Model):
    """`current` is the version that was approved last: while the product is on the shelf, the one that stands there.

    `applications` counts the requests for it, `star` marks those most applied for; both are written by
    `actions.popularity`. `generated` marks a product of the demonstration.
    """

    number = models.CharField(max_length=24, unique=True)
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="products")
    state = models.CharField(max_length=9, choices=ProductState.choices, default=ProductState.NEW)
    current = models.ForeignKey("ProductVersion", on_delete=models.PROTECT, null=True, related_name="+")
    applications = models.PositiveIntegerField(default=0)
    star = models.BooleanField(default=False)
    generated = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "institution"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProductState.values), name="product_state_known"),
            models.CheckConstraint(
                condition=Q(current=None, state__in=(ProductState.NEW, ProductState.WITHDRAWN))
                | Q(current__isnull=False) & ~Q(state=ProductState.NEW),
                name="product_shelf_has_version",
            ),
        ]

    def __str__(self) -> str:
        return self.number
