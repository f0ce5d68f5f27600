#!/bin/sh
# Prints the path of uv: the one on PATH, or one fetched into .tools.
set -eu
VERSION=0.13.9
if command -v uv >/dev/null 2>&1; then command -v uv; exit 0; fi
if [ -x .tools/bin/uv ]; then echo .tools/bin/uv; exit 0; fi
echo "Fetching uv $VERSION into .tools …" >&2
if python3 -m pip --version >/dev/null 2>&1; then
    python3 -m pip install --quiet --disable-pip-version-check --target .tools "uv==$VERSION" >&2
elif python3 -m venv .tools/venv >/dev/null 2>&1; then
    .tools/venv/bin/pip install --quiet "uv==$VERSION" >&2
    mkdir -p .tools/bin && ln -sf ../venv/bin/uv .tools/bin/uv
else
    echo "Mend: install uv (https://docs.astral.sh/uv), or a python3 that has pip or venv." >&2
    exit 1
fi
echo .tools/bin/uv
