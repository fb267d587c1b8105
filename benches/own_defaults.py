"""Which recipe suits real pictures: the defaults of section 8 against others, on three sets.

    cargo build --release && python3 benches/own_defaults.py [--sets digits,rings,weave]

Each recipe trains its networks with the command-line program on the normal pictures but the held-out ones, and the median
AUC over the networks is printed for each set, with the best of the plain methods. Sets: the handwritten digits, with each
of three digits as the normal one; metal rings with a dent, a scratch or a missing piece; a woven cloth with a missing
thread, a stain or a shifted row. The latter two are drawn here, the same bytes every time, with noise and uneven light.
"""

import argparse
import json
import math
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

PROGRAM = pathlib.Path(__file__).parent.parent / "target" / "release" / "bottleneck"
SIDE = 32
NORMAL, ODD = 60, 8

# Beside the defaults, one thing changed at a time.
RECIPES = {
    "defaults": "",
    "epochs=100": "epochs=100",
    "epochs=1000": "epochs=1000",
    "code=2": "code=2",
    "code=16": "code=16",
    "l1=l3=16": "l1=16&l3=16",
    "l1=l3=64": "l1=64&l3=64",
    "lr=3e-3": "lr=0.003",
    "lr=5e-3": "lr=0.005",
    "lr=1e-2": "lr=0.01",
    "lr=3e-3, code=16": "lr=0.003&code=16",
    "lr=3e-3, batch=8": "lr=0.003&batch=8",
    "lr=1e-2, code=16": "lr=0.01&code=16",
    "lr=1e-4": "lr=1e-4",
    "loss=bce": "loss=bce",
    "batch=8": "batch=8",
    "variational, β=1e-4": "model=va&beta=1e-4",
    "variational, β=1e-2": "model=va&beta=0.01",
}


def photographed(draw, dice):
    """A picture as a camera would give it: light from one side, and noise."""
    slope, light = dice.uniform(-0.25, 0.25), dice.uniform(0.85, 1.15)
    level = lambda x, y: draw(x, y) * (light + slope * (x / SIDE - 0.5)) + dice.gauss(0, 6)
    return bytes(max(0, min(255, round(level(x, y)))) for y in range(SIDE) for x in range(SIDE))


def ring(kind, dice):
    cx, cy, outer = (16 + dice.uniform(-1, 1), 16 + dice.uniform(-1, 1), 12 + dice.uniform(-0.6, 0.6))
    turn = dice.uniform(0, 2 * math.pi)

    def draw(x, y):
        r, angle = math.hypot(x - cx, y - cy), math.atan2(y - cy, x - cx)
        off = abs((angle - turn + math.pi) % (2 * math.pi) - math.pi)
        edge = outer - (2.5 if kind == "dent" and off < 0.35 else 0)
        metal = 5 < r < edge and not (kind == "gap" and off < 0.25)
        across = (x - cx) * math.sin(turn) - (y - cy) * math.cos(turn)
        scratch = kind == "scratch" and abs(across) < 0.8 and metal
        return 235 if scratch else 165 if metal else 40

    return draw


def cloth(kind, dice):
    place, phase = dice.randrange(6, 26), dice.uniform(0, 0.6)
    spot = (dice.uniform(8, 24), dice.uniform(8, 24))

    def draw(x, y):
        shift = 1.5 if kind == "shift" and y >= place else 0
        warp = math.sin((x + shift) * math.pi / 2 + phase) + math.sin(y * math.pi / 2 + phase)
        if kind == "thread" and abs(y - place) < 1:
            return 60
        stain = kind == "stain" and math.hypot(x - spot[0], y - spot[1]) < 4
        return (130 + 45 * warp) * (0.6 if stain else 1)

    return draw


def make(folder, draw, kinds, seed):
    """Writes a folder in which each label is a folder of PGM files."""
    dice = random.Random(seed)
    for label, count in [("good", NORMAL), *((kind, ODD) for kind in kinds)]:
        (folder / label).mkdir(parents=True)
        for i in range(count):
            pixels = photographed(draw(label, dice), dice)
            (folder / label / f"{i:03}.pgm").write_bytes(b"P5 %d %d 255\n" % (SIDE, SIDE) + pixels)


def link_of(folder):
    said = subprocess.run([PROGRAM, "pictures", folder, "--json"], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)["link"]


def judged(link, recipe, pictures):
    """The median AUC of the networks, of the best plain method, and the seconds that all took."""
    began = time.perf_counter()
    brought = ["--pictures", pictures] if pictures else []
    call = [PROGRAM, "own", "&".join(filter(None, [link, recipe])), *brought, "--json"]
    found = json.loads(subprocess.run(call, capture_output=True, text=True).stdout)["auc"]
    networks = next(found[kind] for kind in ("ca", "va") if kind in found)
    plain = max(value for name, value in found.items() if name not in ("ca", "va"))
    return networks["median"], plain, time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="digits,rings,weave")
    wanted = parser.parse_args().sets.split(",")
    with tempfile.TemporaryDirectory() as place:
        sets = {"digits": [(f"v=1&exp=own&normal={digit}", None) for digit in (1, 3, 8)]}
        for name, draw, kinds in [("rings", ring, ["dent", "scratch", "gap"]), ("weave", cloth, ["thread", "stain", "shift"])]:
            folder = pathlib.Path(place) / name
            make(folder, draw, kinds, seed=name)
            sets[name] = [(link_of(folder), folder)]
        print(f"{'':22}" + "".join(f"{name:>10}{'s':>7}" for name in wanted))
        for recipe, keys in RECIPES.items():
            row = []
            for name in wanted:
                runs = [judged(link, keys, pictures) for link, pictures in sets[name]]
                mean = lambda at: statistics.fmean(run[at] for run in runs)
                row.append(f"{mean(0):>10.3f}{mean(2):>7.1f}")
            print(f"{recipe:22}" + "".join(row), flush=True)
        best = [statistics.fmean(judged(link, "epochs=1", pictures)[1] for link, pictures in sets[name]) for name in wanted]
        print(f"{'best plain method':22}" + "".join(f"{auc:>10.3f}{'':7}" for auc in best))


if __name__ == "__main__":
    main()
