"""A form of facts, made from the catalogue: a field for each, with the version that its teller saw."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.hearth.queries import written
from niangjia.households.rules import NO_FLAGS, Change, Fact, Shape, Standing, Value, told
from niangjia.kernel.errors import BadInput
from niangjia.kernel.fields import VersionField, choices_of

YES_NO = {"1": "是", "0": "否"}
NEVER_KEPT = ("phone",)
LONG = 200
BASE = "base_"
Past = Callable[[str, int], Value]
"""What stood under a key at a version."""


def field_of(fact: Fact, flags: Sequence[str] = ()) -> forms.Field:
    """The field in which a fact is told; whether it fits is for the catalogue to say."""
    words: dict[str, Any] = {
        "label": _(fact.label),
        "required": False,
        "help_text": _(fact.hint) if fact.hint else "",
    }
    if fact.shape is Shape.YES_NO:
        return forms.ChoiceField(choices=choices_of(YES_NO), widget=forms.RadioSelect, **words)
    if fact.shape is Shape.CHOICE:
        return forms.ChoiceField(choices=choices_of(fact.choices or {}, empty="请选择"), **words)
    if fact.shape is Shape.FLAGS:
        return forms.MultipleChoiceField(
            choices=[(one, _(one)) for one in flags], widget=forms.CheckboxSelectMultiple, **words
        )
    return forms.CharField(max_length=max(fact.most, 20), widget=_widget(fact), **words)


def _widget(fact: Fact) -> forms.Widget:
    attrs = {"data-no-save": "", "autocomplete": "off"} if fact.key in NEVER_KEPT else {}
    if fact.shape is Shape.MONEY:
        return forms.TextInput(attrs={"inputmode": "decimal"})
    if fact.shape is Shape.COUNT:
        return forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.Textarea(attrs={"rows": 4}) if fact.most > LONG else forms.TextInput(attrs=attrs)


class TellingForm(forms.Form):
    """Some facts of a household or a member; what stands is shown, what changes is told."""

    version = VersionField()

    def __init__(
        self,
        data: Any,
        *,
        facts: Sequence[Fact],
        standing: Mapping[str, Standing],
        version: int,
        flags: Sequence[str] = (),
    ) -> None:
        initial: dict[str, Any] = {"version": version}
        for one in facts:
            now = standing.get(one.key)
            initial[one.key] = written(fact=one, value=now.value if now else None)
            initial[BASE + one.key] = now.version if now else 0
        super().__init__(data, initial=initial)
        self.facts, self.standing = facts, standing
        for one in facts:
            told = field_of(one, _offered(flags, standing.get(one.key)))
            told.asked, told.affix = one.asked, _("元") if one.shape is Shape.MONEY else ""  # type: ignore[attr-defined]
            self.fields[one.key] = told
            self.fields[BASE + one.key] = VersionField()

    def clean(self) -> dict[str, Any]:
        """Each value in its normal form; a complaint stands beside its field."""
        cleaned = super().clean() or {}
        for one in self.facts:
            raw = cleaned.get(one.key)
            try:
                cleaned[one.key] = told(one, raw) if raw not in (None, "", []) else _empty(one)
            except BadInput as error:
                for words in error.reasons:
                    self.add_error(one.key, words.render(gettext))
        return cleaned

    def changes(self, *, past: Past, member: int | None = None) -> list[Change]:
        """What was told anew, each with the version that the teller saw; what was left alone is not told.

        `past` tells what stood at an earlier version: who left a field as it was then has not told it, though
        somebody else may have changed it meanwhile.
        """
        found = []
        for one in self.facts:
            value, base = self.cleaned_data[one.key], self.cleaned_data[BASE + one.key]
            if value != self._seen(one, base, past):
                found.append(Change(one.key, value, base, member))
        return found

    def _seen(self, fact: Fact, base: int, past: Past) -> Value:
        now = self.standing.get(fact.key)
        if base == 0:
            return _empty(fact)
        if now is not None and now.version == base:
            return now.value
        return past(fact.key, base)


def _empty(fact: Fact) -> Value:
    return [] if fact.shape is Shape.FLAGS else ""


def _offered(flags: Sequence[str], now: Standing | None) -> list[str]:
    """The circumstances of the policy, and those told once that it does not name any more."""
    stands = now.value if now is not None and isinstance(now.value, list) else []
    return [one for one in dict.fromkeys([*flags, *stands]) if one != NO_FLAGS] + [NO_FLAGS]
