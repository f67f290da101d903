"""Pictures that items show."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemPicture(models.Model):
    """A picture under a name that items use. It is never changed: another picture gets another name."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    media_type = models.CharField(max_length=32)
    content = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
