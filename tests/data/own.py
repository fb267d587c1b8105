"""Writes tests/data/own.json: what scikit-learn makes of the digits, one of them normal at a time.

Usage: python tests/data/own.py src/pictures/digits.npz > tests/data/own.json

Three quarters of the normal pictures, drawn by default_rng(20201002), are learned; the others are told from all other
digits by the mean squared residual of the mean picture, of PCA and of the nearest picture that was learned, in float64.
"""
import json, sys
import numpy as np, sklearn
from sklearn.decomposition import PCA
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from sklearn.neighbors import NearestNeighbors

digits = np.load(sys.argv[1])
x = digits["images"].reshape(len(digits["images"]), -1) / 255
labels = digits["labels"]
rng = np.random.default_rng(20201002)


def outputs(train):
    yield "mean", np.broadcast_to(train.mean(0), x.shape)
    for n in (1, 2, 8, 32):
        pca = PCA(n, svd_solver="full").fit(train)
        yield f"pca_{n}", pca.inverse_transform(pca.transform(x))
    nearest = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(train)
    yield "nearest_image", train[nearest.kneighbors(x, return_distance=False)[:, 0]]


cases = []
for normal in map(str, range(10)):
    places = np.flatnonzero(labels == normal)
    held_out = np.sort(rng.choice(places, len(places) // 4, replace=False))
    training = np.setdiff1d(places, held_out)
    anomalies = np.flatnonzero(labels != normal)
    judged = np.concatenate([held_out, anomalies])
    truth = labels[judged] != normal
    methods = {}
    for name, output in outputs(x[training]):
        scores = ((output - x) ** 2).mean(1)
        level = scores[held_out].max()
        methods[name] = {
            "auc": roc_auc_score(truth, scores[judged]),
            "average_precision": average_precision_score(truth, scores[judged]),
            "threshold": level,
            "f1": f1_score(truth, scores[judged] > level),
            "mean_score": scores[judged].mean(),
        }
    cases.append({"normal": normal, "held_out": held_out.tolist(), "methods": methods})
source = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}: tests/data/own.py"
print(json.dumps({"source": source, "cases": cases}, indent=1))
