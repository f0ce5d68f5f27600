"""The processes of a running assistant."""

import psutil


def running(assistant, program):
    """Those of its processes that run the program."""
    family = psutil.Process(assistant.process.pid).children(recursive=True)
    return [process for process in family if program in _words(process)]


def _words(process):
    try:
        return process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return []
