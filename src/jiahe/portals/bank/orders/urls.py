from django.urls import path

from jiahe.portals.bank.orders import listing, order, pool, team

urlpatterns = [
    path("pool/", pool.pool_page, name="pool"),
    path("pool/<str:number>/claim/", pool.claim_one, name="pool_claim"),
    path("orders/", listing.orders, name="orders"),
    path("orders/export.xlsx", listing.export_orders, name="orders_export"),
    path("orders/statistics/", team.statistics_page, name="order_statistics"),
    path("orders/hand-over/<int:number>/", team.hand_over_orders, name="orders_hand_over"),
    path("orders/<str:number>/", order.order_page, name="order"),
    path("orders/<str:number>/phone/", order.show_contact, name="order_contact"),
    path("orders/<str:number>/points/", order.attached_points, name="order_points"),
    path("orders/<str:number>/reassign/", team.reassign_order, name="order_reassign"),
    path("orders/<str:number>/<slug:step>/", order.take_step, name="order_step"),
]
