"""Which day and which part of the organisation to look at."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.choices import UnitKind
from kazipot.strategy.queries import Scope, Tree


class LookForm(forms.Form):
    """The day, and the whole, a kind of unit or a unit."""

    on = forms.DateField(label=_("As of"), widget=DateInput())
    scope = forms.ChoiceField(label=_("Part of the organisation"))

    def __init__(self, *, on: date, scope: Scope, tree: Tree) -> None:
        super().__init__(initial={"on": on, "scope": str(scope)})
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = scopes(tree)


def scopes(tree: Tree) -> list[Any]:
    """Everything that can be looked at, in groups: the whole, the kinds, the units as they hang."""
    units = [
        (f"unit:{place.path}", "\N{NO-BREAK SPACE}" * 3 * depth + place.name)
        for depth, place in tree.in_order()
        if place.exists
    ]
    kinds = [(f"kind:{kind}", UnitKind(kind).label) for kind in tree.kinds()]
    return [("whole", _("The whole")), (_("Kinds of units"), kinds), (_("Units"), units)]
