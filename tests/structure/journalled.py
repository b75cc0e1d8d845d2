"""What actions write into the journal, read from the source: every verb and every kind of record.

A call of `journal.record` names both. Where a name stands instead of words it is followed: to the module's
own value, to what the function assigned, or, if it is a parameter, to the calls of that function: in its
module, and if its name is public in the whole app.
"""

import ast
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from itertools import product
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
WRITERS = {"journal.record", "journal.record_rows", "journal.record_within"}


class Unread(Exception):  # noqa: N818 - a place that the reader cannot follow
    """An expression whose values do not stand in the source."""


def journalled():
    """Of every line that is written: its place, its verbs and its kinds (None: they cannot be read)."""
    for app in sorted((SOURCE / "niangjia").iterdir()):
        modules = []
        for path in sorted(app.rglob("*.py")) if app.is_dir() else ():
            if "migrations" not in path.parts:
                modules.append(Module(path, modules))
        for module in modules:
            yield from module.lines()


class Module:
    """A file that journals."""

    def __init__(self, path, siblings):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        self.tree, self.siblings, self.writes = ast.parse(text), siblings, "journal.record" in text
        self.calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        self.homes = {}
        for function in (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                self.homes[node] = function

    @cached_property
    def values(self):
        return vars(import_module(self.name))

    def lines(self):
        for call in self.calls if self.writes else ():
            if ast.unparse(call.func) in WRITERS:
                yield self._read(call)

    def _read(self, call):
        within = ast.Name("KIND")  # a line that a function of the database writes is of the module's own kind
        kind = next((word.value for word in call.keywords if word.arg == "kind"), within)
        return f"{self.name}:{ast.unparse(call.args[0])}", self._tried(call.args[0]), self._tried(kind)

    def _tried(self, node):
        try:
            return self.read(node)
        except Unread:
            return None

    def read(self, node):
        """Every text that an expression may be."""
        if isinstance(node, ast.Constant):
            return {str(node.value)}
        if isinstance(node, ast.IfExp):
            return self.read(node.body) | self.read(node.orelse)
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.FormattedValue) else part for part in node.values)
            return {"".join(texts) for texts in product(*map(self.read, parts))}
        if isinstance(node, ast.Subscript):
            return set(map(str, self._value(node.value).values()))
        if isinstance(node, ast.Name):
            return self._named(node)
        return {str(self._value(node))}

    def _named(self, node):
        function = self.homes.get(node)
        if function is not None:
            given = [
                one.value
                for one in ast.walk(function)
                if isinstance(one, ast.Assign) and any(getattr(to, "id", "") == node.id for to in one.targets)
            ]
            if given:
                return set().union(*map(self.read, given))
            if node.id in _parameters(function):
                found = set().union(*self._handed(function, node.id))
                if not found:
                    raise Unread(ast.unparse(node))
                return found
        return {str(self._value(node))}

    def _handed(self, function, name):
        """What the calls of a function hand to a parameter."""
        for module in [self] if function.name.startswith("_") else self.siblings:
            for call in module.calls:
                if getattr(call.func, "id", getattr(call.func, "attr", "")) == function.name:
                    given = _given(call, function, name)
                    if given is not None:
                        yield module.read(given)

    def _value(self, node):
        if isinstance(node, ast.Name) and node.id in self.values:
            return self.values[node.id]
        if isinstance(node, ast.Attribute):
            found = getattr(self._value(node.value), node.attr, None)
            if isinstance(found, str | Mapping) or hasattr(found, "__name__"):
                return found
        raise Unread(ast.unparse(node))


def _parameters(function):
    return [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]


def _given(call, function, name):
    by_name = next((word.value for word in call.keywords if word.arg == name), None)
    places = [one.arg for one in function.args.args]
    if by_name is None and name in places and places.index(name) < len(call.args):
        return call.args[places.index(name)]
    return by_name
