"""Imports point one way, and the parts that plug into something else never import each other."""

import ast

import pytest

from gutskin.settings import ROOT

LAYERS = (
    ("errors", "text", "levels", "logs"),
    (
        "article",
        "lexicon",
        "settings",
        "documents",
        "spelling",
        "encoder",
        "text_features",
        "context_speller",
        "linear_model",
        "contact_details",
        "versions",
    ),
    ("replies", "answers", "clinic", "messages", "red_flags", "triage", "interview", "decisions", "hinglish"),
    ("knowledge",),
    ("emergency",),
    ("nlg", "nlu", "channel", "actions", "conversations", "store", "sqlite", "desk"),
    ("tools", "evaluation"),
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
ADAPTERS = {"nlg", "nlu", "channel", "actions", "desk"}
CHANNEL_MAY_USE = {("nlg", "offer"), ("nlg", "as_message"), ("nlg", "OFFERS")}
FRAMEWORKS = {"rasa", "rasa_sdk", "sanic", "sqlalchemy", "aiohttp"}


def part(module):
    names = module.split(".")
    return names[1] if names[0] == "gutskin" and len(names) > 1 else names[0]


def source_files():
    return sorted(
        f for top in ("gutskin", "actions", "desk") for f in (ROOT / top).rglob("*.py") if f.stem != "__init__"
    )


def imports(file):
    """(module, name) of every import in the file, also those inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            bare = node.module == "gutskin"
            yield from ((f"gutskin.{a.name}", "") if bare else (node.module, a.name) for a in node.names)


def module_of(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


files = pytest.mark.parametrize("file", [pytest.param(file, id=module_of(file)) for file in source_files()])


@files
def test_the_module_has_its_layer(file):
    assert part(module_of(file)) in LAYER, "add it to LAYERS"


@files
def test_it_imports_nothing_from_above(file):
    own = part(module_of(file))
    used = {part(module) for module, _ in imports(file)} & set(LAYER)
    assert [name for name in used if LAYER[name] > LAYER[own]] == []


@files
def test_an_adapter_imports_no_other_adapter(file):
    own = part(module_of(file))
    if own in ADAPTERS:
        used = {(part(module), name) for module, name in imports(file) if part(module) in ADAPTERS - {own}}
        assert used - (CHANNEL_MAY_USE if own == "channel" else set()) == set()


@files
def test_what_is_below_the_adapters_knows_no_framework(file):
    if LAYER.get(part(module_of(file)), 0) < LAYER["nlg"]:
        assert {module.split(".")[0] for module, _ in imports(file)} & FRAMEWORKS == set()


@files
def test_nothing_is_opened_at_import(file):
    opening = {"open", "read_text", "read_bytes", "connect", "settings", "knowledge", "load_knowledge", "create_engine"}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            continue
        called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
        names = {getattr(function, "attr", getattr(function, "id", "")) for function in called}
        assert names & opening == set()
