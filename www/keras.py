"""Trains the network of a Bottleneck link in Keras 3: pip install keras jax

The same data, layers, loss and optimiser, for the same number of epochs. It does not promise the same bits: Keras
draws other random numbers and adds in another order, so this is another run of the same recipe.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers, ops

LINK = "v=1&exp=classical"
RECIPE = {
    "data": "lines", "side": 32, "count": 1000, "span": 180, "dataseed": 1, "model": "ca", "l1": 2, "code": 1, "l3": 2,
    "bias": "all", "init": "glorot", "opt": "adam", "lr": 0.001, "batch": 32, "epochs": 1500, "loss": "mse", "beta": 0,
    "warmup": 0, "seed": 1,
}


def pictures(recipe):
    """[count, side * side]: half planes whose edge passes through the centre, or the four 2 x 2 pictures."""
    if recipe["data"] == "quad":
        return np.array([[0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]], "float32")
    side = recipe["side"]
    angles = np.random.default_rng(recipe["dataseed"]).uniform(0, recipe["span"], (recipe["count"], 1))
    row, column = np.divmod(np.arange(side * side), side) - np.float64((side - 1) / 2)
    return (column * np.cos(np.radians(angles)) + row * np.sin(np.radians(angles)) > 0).astype("float32")


@keras.saving.register_keras_serializable()
class Sample(layers.Layer):
    """z = mean + sigma * noise while training, the mean afterwards; adds beta * KL to the loss."""

    def __init__(self, beta, seed):
        super().__init__()
        # A variable, as a warm-up changes it from epoch to epoch.
        self.beta = self.add_weight(shape=(), initializer=keras.initializers.Constant(beta), trainable=False, name="beta")
        self.noise = keras.random.SeedGenerator(seed)

    def call(self, mean, log_var, training=False):
        divergence = -0.5 * ops.sum(1 + log_var - ops.square(mean) - ops.exp(log_var), axis=-1)
        self.add_loss(self.beta * ops.mean(divergence))
        if not training:
            return mean
        return mean + ops.exp(0.5 * log_var) * keras.random.normal(ops.shape(mean), seed=self.noise)


def network(recipe, pixels):
    start = {"glorot": keras.initializers.GlorotUniform, "he": keras.initializers.HeUniform}[recipe["init"]]
    # Seeds have 32 bits: after the largest comes 0.
    seeds = ((recipe["seed"] + layer) % 2**32 for layer in range(9))

    def dense(width, name, activation=None):
        bias = recipe["bias"] == "all" or name == "output"
        return layers.Dense(width, activation, use_bias=bias, kernel_initializer=start(seed=next(seeds)), name=name)

    x = keras.Input((pixels,))
    hidden = dense(recipe["l1"], "l1", "relu")(x)
    code = dense(recipe["code"], "code")(hidden)
    if recipe["model"] == "va":
        log_var = dense(recipe["code"], "log_var")(hidden)
        code = Sample(recipe["beta"], recipe["seed"])(code, log_var)
    hidden = dense(recipe["l3"], "l3", "relu")(code)
    return keras.Model(x, dense(pixels, "output", "sigmoid")(hidden))


class Warmup(keras.callbacks.Callback):
    """beta rises from 0 to its value over so many epochs."""

    def on_epoch_begin(self, epoch, logs=None):
        beta, epochs = RECIPE["beta"], RECIPE["warmup"]
        for layer in self.model.layers:
            if isinstance(layer, Sample):
                layer.beta.assign(beta * epoch / epochs if epoch < epochs else beta)


def main():
    keras.utils.set_random_seed(RECIPE["seed"])
    x = pictures(RECIPE)
    model = network(RECIPE, x.shape[1])
    rate = RECIPE["lr"]
    optimiser = keras.optimizers.Adam(rate, epsilon=1e-7) if RECIPE["opt"] == "adam" else keras.optimizers.SGD(rate)
    model.compile(optimiser, {"mse": "mse", "bce": "binary_crossentropy"}[RECIPE["loss"]])
    model.fit(x, x, batch_size=RECIPE["batch"], epochs=RECIPE["epochs"], verbose=0, callbacks=[Warmup()])
    error = np.mean((model.predict(x, verbose=0) - x) ** 2)
    print(f"{LINK}\n{RECIPE['epochs']} epochs in Keras: mean squared error {error:.4g}")
    model.save("bottleneck.keras")


if __name__ == "__main__":
    main()
