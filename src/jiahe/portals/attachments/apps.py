from django.apps import AppConfig


class AttachmentsPortalConfig(AppConfig):
    name = "jiahe.portals.attachments"
    label = "portal_attachments"
