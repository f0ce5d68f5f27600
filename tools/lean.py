"""Keeps TensorFlow out of the processes that never compute with it.

spaCy's `thinc` imports it wherever it is installed, and Rasa's modules define classes upon it, which costs a process
seconds at start and hundreds of megabytes. No component of this assistant's pipeline uses it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

TENSORFLOW = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


def leave_out_tensorflow() -> None:
    """From here on `import tensorflow` fails, as if it were not installed; call it before spaCy is imported."""
    sys.modules.setdefault("tensorflow", None)  # type: ignore[arg-type]


def stand_in_for_tensorflow() -> None:
    """From here on `import tensorflow` gives names that do nothing, upon which Rasa's classes can be defined."""
    if "tensorflow" in sys.modules:
        return
    leave_out_tensorflow()
    import_module("spacy")  # it asks for TensorFlow and takes no for an answer
    del sys.modules["tensorflow"]
    sys.meta_path.insert(0, _Nowhere())


class _Absent(type):
    """Of classes whose every attribute and item is such a class again: a base, a type, a decorator, a constant."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent

    def __getitem__(cls, _: object) -> type:
        return Absent

    def __call__(cls, *_: Any, **__: Any) -> Any:
        return super().__call__()


class Absent(metaclass=_Absent):
    """What stands for anything in TensorFlow while Rasa's modules are imported; nothing can be computed with it."""

    def __call__(self, decorated: Any = None) -> Any:
        """The decorated function as it is."""
        return decorated


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Nowhere(MetaPathFinder, Loader):
    """Finds an empty module wherever TensorFlow or a part of it is imported."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        absent = fullname.partition(".")[0] in TENSORFLOW
        return ModuleSpec(fullname, self, is_package=True) if absent else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is in it."""
