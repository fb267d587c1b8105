"""Prints the seeds that a Keras script gives to its initialisers, without Keras: a stand-in writes them down."""

import json
import runpy
import sys
from unittest.mock import MagicMock

seeds = []


def initialiser(seed):
    seeds.append(seed)


keras = MagicMock()
keras.layers.Layer = object
keras.saving.register_keras_serializable = lambda: lambda layer: layer
keras.initializers.GlorotUniform = keras.initializers.HeUniform = initialiser
sys.modules["keras"] = keras
# The variational layer of a class that is not Keras's own.
module = runpy.run_path(sys.argv[1])
module["network"].__globals__["Sample"] = MagicMock()
module["network"](module["RECIPE"], 64)
print(json.dumps(seeds))
