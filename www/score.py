"""Scores the pictures of a set with a network, both as Bottleneck saves them. Needs NumPy alone.

    python bottleneck_score.py bottleneck-set.npz bottleneck-network.safetensors

The decision score of a picture is the mean squared difference between it and what the network makes of it.
"""

import json
import sys

import numpy as np


def network(path):
    """The tensors of a safetensors file: its header's length, its header, its numbers."""
    data = open(path, "rb").read()
    end = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:end])
    header.pop("__metadata__", None)
    read = lambda t: np.frombuffer(data[end + t["data_offsets"][0] : end + t["data_offsets"][1]], "<f4").reshape(t["shape"])
    return {name: read(tensor).astype(float) for name, tensor in header.items()}


def reconstruct(x, w):
    """The mean code of each row of x, and back: relu, linear, relu, sigmoid."""
    layer = lambda x, name: x @ w[name + ".weight"] + w[name + ".bias"]
    code = layer(np.maximum(layer(x, "l1"), 0), "code")
    return 1 / (1 + np.exp(-layer(np.maximum(layer(code, "l3"), 0), "output")))


pictures = np.load(sys.argv[1])
x = pictures["images"].reshape(len(pictures["images"]), -1) / 255
scores = ((reconstruct(x, network(sys.argv[2])) - x) ** 2).mean(axis=1)
for i in np.argsort(-scores, kind="stable"):
    print(f"{scores[i]:.9g}\t{pictures['labels'][i]}\t{pictures['names'][i]}")
