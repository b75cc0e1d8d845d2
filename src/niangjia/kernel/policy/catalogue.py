"""The catalogue of policies as shipped: TOML files by area, checked whole before anything is answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from niangjia.kernel.errors import BadInput
from niangjia.kernel.policy.definitions import Definition
from niangjia.kernel.policy.reading import read_file
from niangjia.kernel.words import say

SHIPPED = Path(__file__).resolve().parents[2] / "policies" / "catalogue"


class CatalogueError(ValueError):
    """The files of the catalogue are wrong; `problems` names file, key and what is wrong, all at once."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every policy by its key."""

    definitions: Mapping[str, Definition]

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Self:
        """The policies of TOML files, or of directories searched; mistakes raise CatalogueError."""
        problems: list[str] = []
        found: dict[str, Definition] = {}
        for root, path in _files(paths):
            for definition in read_file(path, root, problems):
                if definition.key in found:
                    problems.append(f"{path.name}: {definition.key}: is defined twice")
                found[definition.key] = definition
        problems += _clashes(found.values())
        if problems:
            raise CatalogueError(problems)
        return cls(dict(sorted(found.items())))

    def definition(self, key: str) -> Definition:
        """The policy of a key, or of another name it goes by (`also`, as Appendix E calls it)."""
        found = self.definitions.get(key) or next((d for d in self if key in d.also), None)
        if found is None:
            raise BadInput(say("没有名为“{key}”的政策参数。", key=key))
        return found

    def messages(self) -> dict[str, str]:
        """The English of every Chinese text in the catalogue, for the message files."""
        texts = [text for definition in self for text in (definition.label, definition.description)]
        return {text.zh: text.en for text in texts}

    def words(self) -> frozenset[str]:
        """What the shipped values and their papers say."""
        defaults = [default for definition in self for default in definition.defaults]
        return frozenset(word for one in defaults for word in (one.paper, *_words_in(one.value)) if word)

    def __iter__(self) -> Iterator[Definition]:
        return iter(self.definitions.values())

    def __len__(self) -> int:
        return len(self.definitions)


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    """The catalogue this release ships, read once."""
    return Catalogue.load([SHIPPED])


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    for part in parts:
        yield from _words_in(part)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    for path in paths:
        if path.is_dir():
            yield from ((path, file) for file in sorted(path.rglob("*.toml")))
        else:
            yield path.parent, path


def _clashes(definitions: Iterable[Definition]) -> list[str]:
    """Other names that are keys themselves or taken twice, and one Chinese text with two English ones."""
    problems: list[str] = []
    names: dict[str, str] = {}
    english: dict[str, str] = {}
    every = list(definitions)
    for name, key in [(d.key, d.key) for d in every] + [(name, d.key) for d in every for name in d.also]:
        if names.setdefault(name, key) != key:
            problems.append(f"{key}: its other name {name!r} belongs to {names[name]}")
    return problems + [
        f"{definition.key}: {text.zh!r} is translated in two ways"
        for definition in every
        for text in (definition.label, definition.description)
        if english.setdefault(text.zh, text.en) != text.en
    ]
