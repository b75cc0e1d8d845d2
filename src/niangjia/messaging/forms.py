"""How one wants to be told."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.words import Said
from niangjia.messaging.rules import CHANNEL_WORDS, HOW_WORDS, Channel, How


class WishesForm(forms.Form):
    """By which channel and how one wants each kind of message; the inbox is always there."""

    def __init__(
        self,
        *args: Any,
        kinds: Mapping[str, Said],
        channels: Iterable[Channel],
        wishes: Mapping[tuple[str, str], str],
        language: str,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["language"] = forms.ChoiceField(
            label=_("用哪种语言写给您"),
            choices=settings.LANGUAGES,
            initial=language,
            widget=forms.RadioSelect,
        )
        usual = [("", gettext("按平台约定")), *((str(how), HOW_WORDS[how].render(gettext)) for how in How)]
        for kind, words in kinds.items():
            for channel in channels:
                label = f"{words.render(gettext)} · {CHANNEL_WORDS[channel].render(gettext)}"
                initial = wishes.get((kind, channel), "")
                self.fields[f"{kind}:{channel}"] = forms.ChoiceField(
                    label=label, choices=usual, required=False, initial=initial
                )

    @property
    def wishes(self) -> dict[tuple[str, str], str]:
        """What was chosen, by kind and channel."""
        pairs = ((name.rpartition(":"), value) for name, value in self.cleaned_data.items() if ":" in name)
        return {(kind, channel): value for (kind, _, channel), value in pairs if value}
