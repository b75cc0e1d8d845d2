"""Mutants of a function: one small change each, as somebody might get it wrong.

A statement that only calls something is left out; a condition is turned round; a comparison is moved by its
edge; `and` becomes `or`; what is returned as a truth is always true, or always false.
"""

import ast
import inspect
import textwrap
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module

OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A function whose code is to be replaced, by which code, and what was changed where."""

    function: object
    code: object
    name: str

    def __enter__(self):
        self.function.__code__, self.__dict__["was"] = self.code, self.function.__code__
        return self

    def __exit__(self, *_):
        self.function.__code__ = self.__dict__["was"]


def innermost(function):
    """The function itself, beneath whatever wraps it."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return getattr(function, "__func__", function)


def functions_of(name):
    """Every function that a module defines, as `mutants_of` takes them."""
    module = import_module(name)
    for called, found in vars(module).items():
        if inspect.isfunction(innermost(found)) and innermost(found).__module__ == name:
            yield f"{name}:{called}"


def mutants_of(path):
    """Every mutant of `package.module:function`, or of `module:Class.method`."""
    module_name, _, name = path.partition(":")
    module = import_module(module_name)
    found = module
    for part in name.split("."):
        found = getattr(found, part)
    function = innermost(found)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    (told,) = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    told.decorator_list = []
    first = function.__code__.co_firstlineno - 1
    for number, (line, what, change) in enumerate(_changes(told)):
        other = deepcopy(tree)
        change(_nodes(other))
        code = _compiled(other, function, module)
        if code is not None:
            yield Mutant(function, code, f"{path} #{number} line {first + line}: {what}")


def _nodes(tree):
    return list(ast.walk(tree.body[0]))


def _compiled(tree, function, module):
    """The code of the changed function, where it closes over the same names."""
    ast.fix_missing_locations(tree)
    made = compile(tree, module.__file__, "exec")
    code = next(one for one in made.co_consts if inspect.iscode(one) and one.co_name == function.__name__)
    return code if code.co_freevars == function.__code__.co_freevars else None


def _changes(told):
    """Where something can be changed: the line, in words, and what changes it in a copy of the tree."""
    nodes = list(ast.walk(told))
    for place, node in enumerate(nodes):
        yield from _at(place, node)


def _at(place, node):
    line = getattr(node, "lineno", 0)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield line, f"without `{ast.unparse(node)[:60]}`", lambda nodes: _blank(nodes[place])
    if isinstance(node, ast.If | ast.IfExp):
        yield line, f"not `{ast.unparse(node.test)[:60]}`", lambda nodes: _not(nodes[place], "test")
    if isinstance(node, ast.comprehension) and node.ifs:
        yield 0, f"without `if {ast.unparse(node.ifs[0])[:50]}`", lambda nodes: nodes[place].ifs.pop(0)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        yield line, f"other edge of `{ast.unparse(node)[:60]}`", lambda nodes: _edge(nodes[place])
    if isinstance(node, ast.BoolOp):
        yield line, f"and/or of `{ast.unparse(node)[:60]}`", lambda nodes: _swap(nodes[place])
    if isinstance(node, ast.Return) and isinstance(node.value, ast.BoolOp | ast.Compare | ast.UnaryOp):
        for truth in (True, False):
            yield line, f"always {truth}", lambda nodes, truth=truth: _always(nodes[place], truth)


def _blank(node):
    node.value = ast.Constant(None)


def _not(node, part):
    setattr(node, part, ast.UnaryOp(ast.Not(), getattr(node, part)))


def _edge(node):
    node.ops[0] = OTHER[type(node.ops[0])]()


def _swap(node):
    node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()


def _always(node, truth):
    node.value = ast.Constant(truth)
