"""What the city knows of a provider beyond its name: whom to write to, what was agreed, and its personal links."""

from django.db import models
from django.db.models import F, Q

from kazipot.training.choices import ContractKind, Language, PriceUnit
from kazipot.training.models.catalogue import Provider


class ProviderContact(models.Model):
    """Somebody at a provider to whom the Service writes."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.SLOVENIAN)

    class Meta:
        ordering = ["provider", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["provider", "email"], name="provider_contact_once")]


class Contract(models.Model):
    """A contract or framework agreement, in force in [valid_from, valid_to); `budget` is the most that may be spent."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField(max_length=16, choices=ContractKind.choices)
    reference = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField()
    budget = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="contract_period"),
            models.CheckConstraint(condition=Q(budget__gt=0), name="contract_budget"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class ContractPrice(models.Model):
    """A price that a contract fixes, in euros without VAT."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="prices")
    what = models.CharField(max_length=200)
    unit = models.CharField(max_length=16, choices=PriceUnit.choices)
    price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["contract", "id"]
        constraints = [models.CheckConstraint(condition=Q(price__gte=0), name="contract_price")]


class ProviderLink(models.Model):
    """A personal link to a provider's own page; the database keeps a digest of its secret."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(ProviderContact, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["provider"], name="provider_link_by_provider")]
