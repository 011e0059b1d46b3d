from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "jiahe.financing.attachments"
    label = "attachments"
