"""What is left of a model when its disk was full."""

import tarfile

import pytest

from tools.train import is_whole


@pytest.fixture
def model(tmp_path):
    content = tmp_path / "weights"
    content.write_bytes(bytes(range(256)) * 400)
    with tarfile.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(content, "weights")
    return tmp_path / "model.tar.gz"


def test_a_model_is_whole(model):
    assert is_whole(model)


@pytest.mark.parametrize("kept", [0, 10, 200, -9])
def test_a_truncated_one_is_not(model, kept):
    model.write_bytes(model.read_bytes()[:kept])
    assert not is_whole(model)
