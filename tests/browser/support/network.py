"""Loads a network that the page saved, in the library it was saved for: `network.py file`.

Prints as JSON the file's metadata, each tensor's shape in the order of the file, and the digest that Python makes of them.
"""

import hashlib
import json
import sys

from safetensors import safe_open

with safe_open(sys.argv[1], framework="numpy") as file:
    tensors = {name: file.get_tensor(name) for name in file.offset_keys()}
    metadata = file.metadata()

assert all(tensor.dtype == "float32" for tensor in tensors.values())
together = b"".join(tensor.astype("<f4").tobytes() for tensor in tensors.values())
shapes = {name: list(tensor.shape) for name, tensor in tensors.items()}
print(json.dumps({"metadata": metadata, "shapes": shapes, "digest": hashlib.sha256(together).hexdigest()[:16]}))
