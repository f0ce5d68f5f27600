"""YAML files whose mistakes can be pointed at: every value knows its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from gutskin.errors import DataError


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
        document = YAML(typ="rt").load(read_text(file))
    except MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise DataError(
            file, line, f"not YAML ({problem.problem})", "check the indentation and quotes near this line"
        ) from None
    if document is None:
        raise DataError(file, 1, "the file is empty", "restore its content")
    return document


def line_of(node: Any, key: Any = None) -> int:
    """The line, from 1, at which a mapping, a list or one of its items begins."""
    mark = getattr(node, "lc", None)
    if mark is None:
        return 1
    try:
        return (mark.line if key is None else mark.data[key][0]) + 1
    except (KeyError, TypeError):
        return (mark.line or 0) + 1


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
