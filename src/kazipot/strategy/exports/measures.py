"""The page docs/measures.md, made from the strategy file and the docstrings of what counts."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, get_args

from pydantic import BaseModel

from kazipot.core.indicators import advisors, due, hiring, needs, status, training, verification
from kazipot.strategy.queries import Spec, Strategy
from kazipot.strategy.queries import definition as written

COUNTED_BY: Mapping[str, tuple[Callable[..., Any], ...]] = {
    "advisors": (advisors.coverage,),
    "needs": (needs.prepared, needs.response, needs.covered_units),
    "training": (training.reached, training.is_opportunity, training.Span.fits, training.reporting_year),
    "hiring": (hiring.demanding, hiring.exceptions),
    "verification": (verification.secured, verification.within, verification.is_due),
}
ROOMS: Mapping[str, ModuleType] = {
    "advisors": advisors, "needs": needs, "training": training, "hiring": hiring, "verification": verification,
}  # fmt: skip
INTRODUCTION = """# Measures and indicators

This page is made from the strategy file (`src/kazipot/strategy/data/mol-2023-2027.yaml`) and from the docstrings of
the functions that count; a test fails when it is out of step. To make it anew:
`KAZIPOT_WRITE_DOCS=1 ./kazipot test tests/strategy/test_measures_page.py`.

All indicators are computed **as of a date** from records. A day is looked at as it ends.
"""


def as_markdown(strategy: Strategy) -> str:
    """The whole page."""
    parts = [
        INTRODUCTION,
        f"**{strategy.title.en}** (*{strategy.title.sl}*): adopted on {strategy.adopted_on.isoformat()}, "
        f"runs until {strategy.runs_until.isoformat()}.",
        *(part for spec in strategy.indicators for part in _indicator(strategy, spec)),
        "\n## Due dates\n",
        *_functions(due, (due.by, due.after_adoption, due.year_end, due.even_year_end, due.always, due.rolling)),
        "\n## The status word\n",
        inspect.getdoc(status) or "",
        "\n| status | words (sl) | words (en) |\n| --- | --- | --- |",
        *(
            f"| `{word}` | {strategy.status_words.of(word).sl} | {strategy.status_words.of(word).en} |"
            for word in status.Status
        ),
        "\n## Every key of a strategy file\n",
        "Another city writes its own file and names it in `KAZIPOT_STRATEGY`. A faulty file is refused with the line",
        "and the reason of every fault. Beware of YAML: a bare `on`, `yes` or `no` is no text.\n",
        "| key | what may stand there |\n| --- | --- |",
        *(f"| `{key}` | {what} |" for key, what in _keys(written.Strategy, "")),
    ]
    return "\n".join(parts) + "\n"


def _indicator(strategy: Strategy, spec: Spec) -> Iterator[str]:
    measure = strategy.measure(spec.measure)
    yield f"\n## {spec.id}\n"
    yield f"**{measure.name.en}** (*{measure.name.sl}*). {measure.text.en}\n"
    yield f"> {measure.text.sl}\n"
    yield f"- **Indicator:** {spec.text.en} (*{spec.text.sl}*)"
    yield f"- **How it is counted:** {spec.reading.en}"
    yield f"- **Target:** {spec.target_percent} %. **Due:** {_plain(spec.due)}."
    if isinstance(spec, written.TrainingIndicator | written.VerificationIndicator):
        yield f"- **Parameters:** {_plain(spec.parameters)}."
    yield f"- **Responsible:** {', '.join(spec.responsible)}. **Public:** {'yes' if spec.public else 'no'}."
    yield f"- **Room:** `{spec.kind}/`; counted in `core/indicators/{spec.kind}.py`:\n"
    yield from _functions(ROOMS[spec.kind], COUNTED_BY[spec.kind])


def _functions(module: ModuleType, functions: tuple[Callable[..., Any], ...]) -> Iterator[str]:
    short = module.__name__.rpartition(".")[2]
    for function in functions:
        text = " ".join((inspect.getdoc(function) or "").split())
        yield f"  - `{short}.{function.__qualname__}`: {text}"


def _plain(part: BaseModel) -> str:
    return ", ".join(f"{key} {value}" for key, value in part.model_dump().items())


def _keys(model: type[BaseModel], before: str) -> Iterator[tuple[str, str]]:
    """Every key below a part of the file, with what may stand there."""
    for name, field in model.model_fields.items():
        key = f"{before}{name}"
        parts = [part for part in _parts(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
        parts = [part for part in parts if part is not written.Words]
        if not parts:
            yield key, _what(field.annotation, field.metadata)
        entry = f"{key}[]." if _is_list(field.annotation) else f"{key}."
        seen: set[tuple[str, str]] = set()
        for part in parts:
            if len(parts) > 1:
                yield f"{key}{'[]' if _is_list(field.annotation) else ''}", " ".join((part.__doc__ or "").split())
            for inner, what in _keys(part, entry):
                if (inner, what) not in seen:
                    yield inner, what
                    seen.add((inner, what))


def _parts(annotation: Any) -> list[Any]:
    """The types inside a type, down to those that hold no others."""
    inside = [part for part in get_args(annotation) if part is not Ellipsis]
    if not inside or "Literal" in str(getattr(annotation, "__origin__", "")):
        return [annotation]
    return [leaf for part in inside for leaf in _parts(part)]


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple


def _what(annotation: Any, limits: list[Any]) -> str:
    if annotation is written.Words:
        return "a text as `sl` and `en`"
    if "Literal" in str(annotation):
        return " or ".join(f"`{value}`" for value in get_args(annotation))
    names = {"int": "a whole number", "str": "a text", "date": "a date", "bool": "`true` or `false`"}
    what = names.get(getattr(annotation, "__name__", ""), "a list of texts" if _is_list(annotation) else "a text")
    bounds = [
        f"{name} {getattr(limit, attribute)}"
        for limit in limits
        for name, attribute in BOUNDS
        if hasattr(limit, attribute)
    ]
    return f"{what}, {', '.join(bounds)}" if bounds else what


BOUNDS = (("at least", "ge"), ("at most", "le"))
