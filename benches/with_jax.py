"""The works of the browser's bench in JAX, natively: CPU time of one core, medians.

    python3 -m venv venv && venv/bin/pip install jax==0.10.2
    venv/bin/python benches/with_jax.py [--rounds 15]

The same sizes, batches, optimiser and number of steps as in `benches/browser/work.js`. Everything is compiled: an epoch
is one `jit` around a `scan` over its batches, a census one `jit` around a `scan` over its steps, with `vmap` over the
networks. Losses are printed, so that one sees that it learns.
"""

import argparse
import os
import statistics
import time

# One core, as in the browser; before JAX starts its threads.
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np

COUNT, BATCH, BETA = 1000, 32, 1e-4
B1, B2, EPSILON = 0.9, 0.999, 1e-7
NETWORKS, STEPS = 4096, 200
QUAD = np.array([[0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]], np.float32)


def lines():
    """Half planes through the centre of 32 × 32 pixels, their angles over 180°."""
    angles = np.random.default_rng(1).uniform(0, np.pi, COUNT)
    row, column = np.mgrid[:32, :32] - 15.5
    side = np.cos(angles)[:, None, None] * column + np.sin(angles)[:, None, None] * row
    return (side > 0).reshape(COUNT, 1024).astype(np.float32)


def spots():
    """The pictures with greys of `benches/browser/spots.js`, 28 × 28 pixels."""
    picture, row, column = np.mgrid[:COUNT, :28, :28]
    down, right = row - picture % 28, column - (picture // 28 + 5 * picture) % 28
    width = 8 + picture % 23
    levels = 255 * width // (width + down**2 + right**2)
    return (levels.reshape(COUNT, 784) / 255).astype(np.float32)


#: Sizes (pixels, L1, code, L3), whether variational, images.
WORKS = {
    "W1": ((1024, 2, 1, 2), False, lines),
    "W2": ((1024, 2, 1, 2), True, lines),
    "W5": ((784, 64, 16, 64), False, spots),
    "W6": ((784, 64, 16, 64), True, spots),
}


def weights(key, n_in, n_out):
    limit = (6 / (n_in + n_out)) ** 0.5
    return {"w": jax.random.uniform(key, (n_in, n_out), minval=-limit, maxval=limit), "b": jnp.zeros(n_out)}


def network(key, pixels, l1, code, l3, variational=False):
    keys = jax.random.split(key, 5)
    layers = {
        "l1": weights(keys[0], pixels, l1),
        "code": weights(keys[1], l1, code),
        "l3": weights(keys[2], code, l3),
        "output": weights(keys[3], l3, pixels),
    }
    return {**layers, "log_var": weights(keys[4], l1, code)} if variational else layers


def dense(layer, x):
    return x @ layer["w"] + layer["b"]


def loss(parameters, x, noise=None):
    h1 = jax.nn.relu(dense(parameters["l1"], x))
    z, kl = dense(parameters["code"], h1), 0.0
    if noise is not None:
        mean, log_var = z, dense(parameters["log_var"], h1)
        z = mean + jnp.exp(0.5 * log_var) * noise
        kl = jnp.mean(-0.5 * jnp.sum(1 + log_var - mean**2 - jnp.exp(log_var), axis=1))
    y = jax.nn.sigmoid(dense(parameters["output"], jax.nn.relu(dense(parameters["l3"], z))))
    error = jnp.mean((y - x) ** 2)
    return error + BETA * kl, error


def adam(state, gradient, rate):
    parameters, m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: B1 * m + (1 - B1) * g, m, gradient)
    v = jax.tree.map(lambda v, g: B2 * v + (1 - B2) * g * g, v, gradient)
    rate = rate * jnp.sqrt(1 - B2**t) / (1 - B1**t)
    parameters = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), parameters, m, v)
    return parameters, m, v, t


def begin(parameters):
    m, v = (jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
    return parameters, m, v, jnp.zeros(())


def epoch(images, code, variational):
    """One epoch: shuffled batches, of which the last is smaller."""

    def step(state, batch):
        indices, key = batch
        noise = jax.random.normal(key, (indices.shape[0], code)) if variational else None
        (_, error), gradient = jax.value_and_grad(loss, has_aux=True)(state[0], images[indices], noise)
        return adam(state, gradient, 0.001), error

    def run(state, key):
        order_key, noise_key, last_key = jax.random.split(key, 3)
        order = jax.random.permutation(order_key, COUNT)
        whole = COUNT // BATCH * BATCH
        keys = jax.random.split(noise_key, whole // BATCH)
        state, errors = jax.lax.scan(step, state, (order[:whole].reshape(-1, BATCH), keys))
        state, last = step(state, (order[whole:], last_key))
        return state, (errors.sum() * BATCH + last * (COUNT - whole)) / COUNT

    return jax.jit(run, donate_argnums=0)


def census():
    """Steps of many 4-2-1-2-4 networks on the four 2 × 2 images."""
    images = jnp.asarray(QUAD)

    def step(state, _):
        (_, error), gradient = jax.value_and_grad(loss, has_aux=True)(state[0], images)
        return adam(state, gradient, 0.01), error

    def run(state):
        state, errors = jax.lax.scan(step, state, None, length=STEPS)
        return state, errors[-1]

    return jax.jit(jax.vmap(run), donate_argnums=0)


def measure(rounds, once):
    """Median CPU seconds of `once`, after two calls that are not counted."""
    times = []
    for _ in range(rounds + 2):
        began = time.process_time()
        once()
        times.append(time.process_time() - began)
    return statistics.median(times[2:])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=15)
    rounds = options.parse_args().rounds
    print(f"JAX {jax.__version__}, one core, CPU time, medians of {rounds} rounds")
    for name, (sizes, variational, images) in WORKS.items():
        run = epoch(jnp.asarray(images()), sizes[2], variational)
        state, key, error = begin(network(jax.random.key(4), *sizes, variational)), jax.random.key(1), None

        def once():
            nonlocal state, key, error
            key, now = jax.random.split(key)
            state, error = run(state, now)
            error.block_until_ready()

        ms = 1e3 * measure(rounds, once)
        print(f"{name}: {ms:.2f} ms an epoch; loss {float(error):.4f} after {rounds + 2} epochs")
    run = census()
    start = jax.vmap(lambda key: network(key, 4, 2, 1, 2))(jax.random.split(jax.random.key(1), NETWORKS))
    state, error = jax.vmap(begin)(start), None

    def once():
        nonlocal state, error
        state, error = run(state)
        error.block_until_ready()

    seconds = measure(rounds, once)
    steps = (rounds + 2) * STEPS
    print(f"W3: {1e-6 * NETWORKS * STEPS / seconds:.2f} M steps a second; mean loss {float(error.mean()):.4f} after {steps} steps")


if __name__ == "__main__":
    main()
