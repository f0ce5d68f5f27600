"""YAML files whose mistakes can be pointed at: every value knows its line."""

from __future__ import annotations

import re
from pathlib import Path
from string import digits
from typing import Any

import yaml

from gutskin.errors import DataError

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]*)", ["-", "+", *digits]),
    ("tag:yaml.org,2002:float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", ["-", "+", ".", *digits]),
)
"""What a word without quotes is in YAML 1.2, where `no` is a word and `10:30` no number."""


class Mapping(dict[Any, Any]):
    """A mapping with its line and those of its keys, from 1."""

    line: int
    lines: dict[Any, int]


class Sequence(list[Any]):
    """A list with its line and those of its items, from 1."""

    line: int
    lines: dict[Any, int]


class _Loader(_FAST):  # type: ignore[misc, valid-type]
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping_with_lines(self, node: yaml.MappingNode) -> Mapping:
        mapping, lines = Mapping(), {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            try:
                known = key in mapping
            except TypeError:
                raise yaml.constructor.ConstructorError(None, None, "a list as a key", key_node.start_mark) from None
            if known:
                raise yaml.constructor.ConstructorError(None, None, f"`{key}` stands twice", key_node.start_mark)
            mapping[key] = self.construct_object(value_node, deep=True)
            lines[key] = key_node.start_mark.line + 1
        mapping.line, mapping.lines = node.start_mark.line + 1, lines
        return mapping

    def construct_sequence_with_lines(self, node: yaml.SequenceNode) -> Sequence:
        sequence = Sequence(self.construct_object(item, deep=True) for item in node.value)
        sequence.line = node.start_mark.line + 1
        sequence.lines = {number: item.start_mark.line + 1 for number, item in enumerate(node.value)}
        return sequence


for _tag, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)
_Loader.add_constructor(_Loader.DEFAULT_MAPPING_TAG, _Loader.construct_mapping_with_lines)
_Loader.add_constructor(_Loader.DEFAULT_SEQUENCE_TAG, _Loader.construct_sequence_with_lines)


def read_text(file: Path) -> str:
    """The file's text.

    Raises:
        DataError: the file is missing or not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(
            file, 1, "the file is missing", f"restore it, for example with `git checkout {file.name}`"
        ) from None
    except UnicodeDecodeError as problem:
        raise DataError(file, 1, f"not UTF-8 ({problem.reason})", "save the file as UTF-8") from None


def read_yaml(file: Path) -> Any:
    """The parsed file, as mappings and lists that remember their lines.

    Raises:
        DataError: the file is missing, not UTF-8, not YAML or empty.
    """
    try:
        document = yaml.load(read_text(file), _Loader)  # safe: nothing but data is made
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        reason = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        raise DataError(
            file,
            mark.line + 1 if mark else 1,
            f"not YAML ({reason})",
            "check the indentation and quotes near this line",
        ) from None
    if document is None:
        raise DataError(file, 1, "the file is empty", "restore its content")
    return document


def line_of(node: Any, key: Any = None) -> int:
    """The line, from 1, at which a mapping, a list or one of its items begins."""
    if not isinstance(node, (Mapping, Sequence)):
        return 1
    return node.line if key is None else node.lines.get(key, node.line)


def require(file: Path, node: Any, key: str, kind: type, mend: str) -> Any:
    """The value of `key`, of type `kind`.

    Raises:
        DataError: the key is missing or its value is of another type.
    """
    if not isinstance(node, dict) or key not in node:
        raise DataError(file, line_of(node), f"`{key}` is missing", mend)
    value = node[key]
    if not isinstance(value, kind):
        raise DataError(file, line_of(node, key), f"`{key}` must be a {kind.__name__}, not {value!r}", mend)
    return value
