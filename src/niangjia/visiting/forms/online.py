"""A visit written down online: the same questions as on the phone, without JavaScript."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.clock import at_noon, day_of
from niangjia.kernel.fields import DayField, missing
from niangjia.visits.rules import VisitDraft, read_draft

NEW_MEMBERS = 3
Json = Mapping[str, Any]
_BLANK = ("", "—")


class NewVisitForm(forms.Form):
    """One visit: `catalogue` says what is asked, `home` what is known, `officers` who may go."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    begun = forms.CharField(widget=forms.HiddenInput, max_length=40)
    bases = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)

    def __init__(
        self,
        *args: Any,
        catalogue: Json,
        home: Json | None,
        whom: Json,
        officers: Sequence[tuple[int, str]],
        moment: datetime,
        name: str = "",
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.catalogue, self.home, self.whom = catalogue, home, whom
        self.officers = dict(officers)
        self.people: list[tuple[str, str, str]] = []
        self.fields["key"].initial, self.fields["begun"].initial = str(uuid.uuid4()), moment.isoformat()
        self.fields["day"] = DayField(label=_("走访日期"), initial=day_of(moment))
        self.fields["bases"].initial = json.dumps(_bases(home))
        if home is None:
            self._new_people(name)
        else:
            self._known_people(home)
        for fact in catalogue["household"]:
            self._ask(f"f_{fact['key']}", fact, (home or {}).get("facts", {}))
        self._asks()
        self._ending(officers)

    def _new_people(self, name: str) -> None:
        self.people.append(("n1", "self", ""))
        self.fields["n1_name"] = _line(gettext("职工姓名"), required=True, initial=name)
        self.fields["n1_number"] = _line(gettext("职工证件号码"), hint=gettext("照证件填，可以空着。"))
        for fact in self.catalogue["member"]:
            self._ask(f"n1_{fact['key']}", fact, {}, who=gettext("职工本人"))
        relations = [_BLANK, *((k, w) for k, w in self.catalogue["relations"].items() if k != "self")]
        for place in range(2, NEW_MEMBERS + 2):
            ref, who = f"n{place}", gettext("第 {n} 位成员").format(n=place)
            self.people.append((ref, "", ""))
            self.fields[f"{ref}_name"] = _line(f"{who} · {gettext('姓名')}")
            self.fields[f"{ref}_relation"] = forms.ChoiceField(
                label=f"{who} · {gettext('与职工的关系')}", choices=relations, required=False
            )
            self.fields[f"{ref}_number"] = _line(f"{who} · {gettext('证件号码')}")

    def _known_people(self, home: Json) -> None:
        for one in home["members"]:
            ref, who = one["ref"], f"{one['name']}（{self.catalogue['relations'][one['relation']]}）"
            self.people.append((ref, one["relation"], one["name"]))
            if not one["real"]:
                self.fields[f"{ref}_number"] = _line(f"{who} · {gettext('证件号码')}")
            for fact in self.catalogue["member"]:
                self._ask(f"{ref}_{fact['key']}", fact, one["facts"], who=who)

    def _ask(self, name: str, fact: Json, known: Json, *, who: str = "") -> None:
        label = f"{fact['label']}（{gettext('元')}）" if fact["shape"] == "money" else fact["label"]
        label = f"{who} · {label}" if who else label
        field = _BUILT[fact["shape"]](fact)
        field.label, field.required, field.help_text = label, False, fact["hint"]
        standing = known.get(fact["key"])
        field.initial = _typed(fact, standing["value"]) if standing else None
        self.fields[name] = field

    def _asks(self) -> None:
        heads = gettext("职工本人")
        called = {"n1": heads} | {f"n{n}": gettext("第 {n} 位成员").format(n=n) for n in range(2, 9)}
        members = [(ref, name or called[ref]) for ref, _relation, name in self.people]
        for kind, words in self.catalogue["asks"].items():
            label = gettext("想申请{kind}，为谁").format(kind=words)
            self.fields[f"ask_{kind}"] = forms.ChoiceField(
                label=label, choices=[("", gettext("不申请")), *members], required=False
            )

    def _ending(self, officers: Sequence[tuple[int, str]]) -> None:
        results = list(self.catalogue["results"].items())
        self.fields["result"] = forms.ChoiceField(
            label=_("走访结果"), choices=results, widget=forms.RadioSelect
        )
        self.fields["statement"] = forms.CharField(
            label=_("走访情况"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": missing("走访情况")},
        )
        choices = [_BLANK, *((str(user), name) for user, name in officers)]
        for place in (1, 2):
            label = gettext("第 {n} 名走访干部").format(n=place)
            self.fields[f"visitor_{place}"] = forms.ChoiceField(label=label, choices=choices)
        self.fields["visitors_signed"] = forms.BooleanField(
            label=_("以上两名干部都在场，已看过填写的内容，以姓名签名")
        )
        self.fields["family_name"] = _line(gettext("签名家人的姓名"))
        self.fields["family_relation"] = _line(gettext("与职工的关系"))
        self.fields["family_signed"] = forms.BooleanField(
            label=_("家人已看过填写的内容，以姓名签名"), required=False
        )

    @property
    def draft(self) -> VisitDraft:
        """What was written down: only what differs from what was shown, with its version."""
        told = self.cleaned_data
        people = [self._person(ref, relation) for ref, relation, _name in self.people]
        head = people[0] if self.home is None else None
        others = [one for one in people if one is not head and (one["facts"] or one["number"] or one["name"])]
        asks = [
            {"kind": kind, "ref": told[f"ask_{kind}"]}
            for kind in self.catalogue["asks"]
            if told[f"ask_{kind}"]
        ]
        signed = told["visitors_signed"]
        return read_draft(
            {
                "whom": self.whom,
                "visited_at": self._moment().isoformat(),
                "result": told["result"],
                "statement": told["statement"],
                "visitors": [
                    {"user": int(told[f"visitor_{n}"]), "name": "x", "ticked": signed} for n in (1, 2)
                ],
                "family": {
                    "name": told["family_name"],
                    "relation": told["family_relation"],
                    "ticked": told["family_signed"],
                },
                "head": head,
                "members": others,
                "facts": self._facts("f"),
                "asks": asks,
            }
        )

    def _moment(self) -> datetime:
        """When it was: the moment the form was opened, or noon of an earlier day."""
        day = self.cleaned_data["day"]
        try:
            begun = datetime.fromisoformat(self.cleaned_data["begun"])
            return begun if day_of(begun) == day else at_noon(day)
        except ValueError:
            return at_noon(day)

    def _person(self, ref: str, relation: str) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "ref": ref,
            "name": told.get(f"{ref}_name", ""),
            "relation": told.get(f"{ref}_relation") or relation,
            "number": told.get(f"{ref}_number", ""),
            "facts": self._facts(ref),
        }

    def _facts(self, prefix: str) -> dict[str, Any]:
        bases = json.loads(self.cleaned_data.get("bases") or "{}")
        return {
            name.removeprefix(f"{prefix}_"): {"value": self.cleaned_data[name], "base": bases.get(name, 0)}
            for name in self._asked_of(prefix)
            if name in self.changed_data and self.cleaned_data[name] not in ("", None, [])
        }

    def _asked_of(self, prefix: str) -> Iterator[str]:
        kind = "household" if prefix == "f" else "member"
        names = (f"{prefix}_{one['key']}" for one in self.catalogue[kind])
        yield from (name for name in names if name in self.fields)


def _bases(home: Json | None) -> dict[str, int]:
    """The version of every answer that is shown, by the name of its field."""
    if home is None:
        return {}
    found = {f"f_{key}": one["base"] for key, one in home["facts"].items()}
    for member in home["members"]:
        found |= {f"{member['ref']}_{key}": one["base"] for key, one in member["facts"].items()}
    return found


def _line(label: str, *, required: bool = False, hint: str = "", initial: str = "") -> forms.CharField:
    field = forms.CharField(label=label, max_length=50, required=required, help_text=hint, initial=initial)
    if required:
        field.error_messages["required"] = gettext("请填写“{label}”。").format(label=label)
    return field


def _typed(fact: Json, value: object) -> object:
    """A kept value as it is typed."""
    if fact["shape"] == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    return ("1" if value else "0") if fact["shape"] == "yes_no" else value


def _words(fact: Json) -> forms.Field:
    long = fact["most"] > 200  # noqa: PLR2004 - longer than a line
    return forms.CharField(max_length=fact["most"], widget=forms.Textarea if long else forms.TextInput)


def _numbers(length: int, mode: str) -> forms.Field:
    return forms.CharField(max_length=length, widget=forms.TextInput(attrs={"inputmode": mode}))


def _choice(fact: Json) -> forms.Field:
    return forms.ChoiceField(choices=[_BLANK, *fact["choices"].items()])


_BUILT: Mapping[str, Callable[[Json], Any]] = {
    "money": lambda _fact: _numbers(14, "decimal"),
    "count": lambda _fact: _numbers(6, "numeric"),
    "words": _words,
    "choice": _choice,
    "flags": lambda fact: forms.MultipleChoiceField(
        choices=list(fact["choices"].items()), widget=forms.CheckboxSelectMultiple
    ),
    "yes_no": lambda _fact: forms.ChoiceField(
        choices=[("1", gettext("是")), ("0", gettext("否"))], widget=forms.RadioSelect
    ),
}
