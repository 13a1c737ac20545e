"""Rules with one small mistake in them: what case files are for is to find those.

A mutant is the code of a rule, or of a helper of its own module that it calls, with one comparison, condition, sum or number
changed. It is put in the place of the sound code for as long as `planted` lasts, and the rule's case file is judged by it.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

from berichten.kern.regel import Regel

_ANDERS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake in a function."""

    functie: FunctionType
    plek: int
    """Which of the places in the function where a mistake can be made."""
    teken: str
    """What was changed there, for people: before and after."""

    @property
    def naam(self) -> str:
        """Function and change."""
        return f"{self.functie.__module__}.{self.functie.__name__} {self.teken}"


@dataclass(frozen=True, slots=True)
class Regelmutant(Mutant):
    """One mistake in a rule."""

    regel: Regel

    @property
    def naam(self) -> str:
        """Rule, function and change."""
        return f"{self.regel.id} ({self.functie.__module__}.{self.functie.__name__}) {self.teken}"


def list_mutanten(regel: Regel) -> list[Regelmutant]:
    """Every mistake that can be planted in a rule."""
    return _list_in(regel, _functions(regel.toets))


def list_tweelingmutanten(regel: Regel) -> list[Regelmutant]:
    """Every mistake that can be planted in the twin of a rule, but for what it shares with the rule: that has cases of its own."""
    eigen = regel.onschuldig
    if eigen is None or eigen.__module__ == Regel.__module__:
        return []
    gedeeld = _functions(regel.toets)
    return _list_in(regel, [functie for functie in _functions(eigen) if functie not in gedeeld])


def list_functiemutanten(functies: Iterable[FunctionType]) -> list[Mutant]:
    """Every mistake that can be planted in these."""
    return [Mutant(functie, plek, teken) for functie in functies for plek, (_, teken) in enumerate(_changes(_tree(functie)))]


def _list_in(regel: Regel, functies: list[FunctionType]) -> list[Regelmutant]:
    return [Regelmutant(item.functie, item.plek, item.teken, regel) for item in list_functiemutanten(functies)]


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Run with the mistake in the rule."""
    gaaf = mutant.functie.__code__
    mutant.functie.__code__ = _code(mutant)
    try:
        yield
    finally:
        mutant.functie.__code__ = gaaf


def _functions(eigen: object) -> list[FunctionType]:
    """The function itself, and the helpers of its module that it names."""
    assert isinstance(eigen, FunctionType)
    gebruikt = [eigen.__globals__.get(naam) for naam in eigen.__code__.co_names]
    return [eigen, *(item for item in gebruikt if isinstance(item, FunctionType) and item.__module__ == eigen.__module__)]


def _tree(functie: FunctionType) -> ast.FunctionDef:
    if functie.__name__ == "<lambda>":
        return _tree_of_lambda(functie)
    (boom,) = ast.parse(textwrap.dedent(inspect.getsource(functie))).body
    assert isinstance(boom, ast.FunctionDef)
    boom.decorator_list = []
    for knoop in ast.walk(boom):
        # What is said of types does nothing, so a mistake there is none.
        if isinstance(knoop, ast.arg):
            knoop.annotation = None
        elif isinstance(knoop, ast.FunctionDef):
            knoop.returns = None
        elif isinstance(knoop, ast.AnnAssign):
            knoop.annotation = ast.Constant(None)
    return boom


def _tree_of_lambda(functie: FunctionType) -> ast.FunctionDef:
    """A function that does what a lambda does, found by its line."""
    bestand = ast.walk(ast.parse(Path(functie.__code__.co_filename).read_text(encoding="utf-8")))
    regel = functie.__code__.co_firstlineno
    (zelf,) = [knoop for knoop in bestand if isinstance(knoop, ast.Lambda) and knoop.lineno == regel]
    (boom,) = ast.parse("def tweeling(): pass").body
    assert isinstance(boom, ast.FunctionDef)
    boom.args, boom.body = zelf.args, [ast.Return(zelf.body)]
    return ast.fix_missing_locations(boom)


def _changes(boom: ast.FunctionDef) -> Iterator[tuple[ast.FunctionDef, str]]:
    """Copies of a function that differ from it in one place, each with what was changed."""
    for nummer, knoop in enumerate(ast.walk(boom)):
        for veld, nieuw in _mistakes(knoop):
            ander = deepcopy(boom)
            plek = next(item for teller, item in enumerate(ast.walk(ander)) if teller == nummer)
            voor = ast.unparse(plek)
            setattr(plek, veld, nieuw)
            yield ast.fix_missing_locations(ander), f"{voor}  =>  {ast.unparse(plek)}"


def _mistakes(knoop: ast.AST) -> Iterator[tuple[str, object]]:
    """Fields of a node with another value."""
    if isinstance(knoop, ast.Compare):
        for nummer, teken in enumerate(knoop.ops):
            if type(teken) in _ANDERS:
                yield "ops", [*knoop.ops[:nummer], _ANDERS[type(teken)](), *knoop.ops[nummer + 1 :]]
    elif isinstance(knoop, ast.BoolOp | ast.BinOp) and type(knoop.op) in _ANDERS:
        yield "op", _ANDERS[type(knoop.op)]()
    elif isinstance(knoop, ast.Constant) and isinstance(knoop.value, int) and not isinstance(knoop.value, bool):
        yield "value", knoop.value + 1
    elif isinstance(knoop, ast.If | ast.IfExp):
        yield "test", ast.UnaryOp(ast.Not(), knoop.test)


def _code(mutant: Mutant) -> CodeType:
    boom = [item for item, _ in _changes(_tree(mutant.functie))][mutant.plek]
    ruimte = dict(mutant.functie.__globals__)
    exec(compile(ast.Module([boom], []), mutant.functie.__code__.co_filename, "exec"), ruimte)
    code = ruimte[boom.name].__code__
    assert isinstance(code, CodeType)
    return code
