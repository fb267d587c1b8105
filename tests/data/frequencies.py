"""Frequencies of end states, by a float64 implementation that shares nothing with the crate but the definition.

Usage: python independent.py NETWORKS  (prints a JSON object: setting -> counts by label)
"""
import json, sys, zlib
import numpy as np

X = np.array([[0,0,1,1],[1,0,1,0],[1,1,0,0],[0,1,0,1]], float)
LABELS = ["solved","saturated","one_pair_adjacent","one_pair_opposite","two_pairs_adjacent","two_pairs_opposite","three_merged","all_grey","partly_merged","unsettled"]

def glorot(rng, n, i, o):
    r = np.sqrt(6/(i+o)); return rng.uniform(-r, r, (n, i, o))

def train(rng, n, l1=2, code=1, l3=2, bias="all", opt="adam", lr=0.01, epochs=1000, model="ca", beta=0.0):
    p = {"W1": glorot(rng,n,4,l1), "W2": glorot(rng,n,l1,code), "W3": glorot(rng,n,code,l3), "W4": glorot(rng,n,l3,4)}
    for k,w in (("b1",l1),("b2",code),("b3",l3),("b4",4)): p[k] = np.zeros((n,1,w))
    if model == "va":
        p["W2s"] = glorot(rng,n,l1,code); p["b2s"] = np.zeros((n,1,code))
    fixed = {"b1","b2","b2s","b3"} if bias == "last" else set()
    m = {k: np.zeros_like(v) for k,v in p.items()}; v2 = {k: np.zeros_like(v) for k,v in p.items()}
    for t in range(1, epochs+1):
        a1 = X @ p["W1"] + p["b1"]; h1 = np.maximum(a1, 0)
        mu = h1 @ p["W2"] + p["b2"]; z = mu
        if model == "va":
            ls = h1 @ p["W2s"] + p["b2s"]; sg = np.exp(ls/2); e = rng.standard_normal(mu.shape); z = mu + sg*e
        a3 = z @ p["W3"] + p["b3"]; h3 = np.maximum(a3, 0)
        y = 1/(1+np.exp(-(h3 @ p["W4"] + p["b4"])))
        d4 = 2*(y-X)/16 * y*(1-y)
        g = {"W4": h3.transpose(0,2,1) @ d4, "b4": d4.sum(1, keepdims=True)}
        d3 = (d4 @ p["W4"].transpose(0,2,1)) * (a3 > 0)
        g["W3"] = z.transpose(0,2,1) @ d3; g["b3"] = d3.sum(1, keepdims=True)
        dz = d3 @ p["W3"].transpose(0,2,1)
        if model == "va":
            # beta times the mean over the four samples of -1/2 sum(1 + ls - mu^2 - exp(ls))
            dmu = dz + beta*mu/4
            dls = dz*e*sg/2 + beta*(np.exp(ls)-1)/8
            g["W2s"] = h1.transpose(0,2,1) @ dls; g["b2s"] = dls.sum(1, keepdims=True)
            d1 = dmu @ p["W2"].transpose(0,2,1) + dls @ p["W2s"].transpose(0,2,1)
        else:
            dmu = dz; d1 = dmu @ p["W2"].transpose(0,2,1)
        g["W2"] = h1.transpose(0,2,1) @ dmu; g["b2"] = dmu.sum(1, keepdims=True)
        d1 = d1 * (a1 > 0)
        g["W1"] = X.T @ d1; g["b1"] = d1.sum(1, keepdims=True)
        for k in p:
            if k in fixed: continue
            if opt == "sgd": p[k] -= lr*g[k]; continue
            m[k] = .9*m[k] + .1*g[k]; v2[k] = .999*v2[k] + .001*g[k]**2
            p[k] -= lr*np.sqrt(1-.999**t)/(1-.9**t)*m[k]/(np.sqrt(v2[k])+1e-7)
    h1 = np.maximum(X @ p["W1"] + p["b1"], 0); mu = h1 @ p["W2"] + p["b2"]
    h3 = np.maximum(mu @ p["W3"] + p["b3"], 0)
    return 1/(1+np.exp(-(h3 @ p["W4"] + p["b4"]))), mu

def components(close):
    """Labels of the connected components of a 4x4 relation."""
    c = list(range(4))
    for _ in range(4):
        for i in range(4):
            for j in range(4):
                if close[i][j]: c[i] = c[j] = min(c[i], c[j])
    return tuple(c)

def partitions():
    seen = set()
    for k in range(256):
        q = [(k >> (2*i)) & 3 for i in range(4)]
        seen.add(components([[q[i]==q[j] for j in range(4)] for i in range(4)]))
    return seen

def means(c, p):
    return [np.mean([X[j][p] for j in range(4) if c[j]==c[i]]) for i in range(4)]

ALL = partitions()
def label(y, mu):
    err = abs(y-X)
    if (err < .1).all(): return "solved"
    if (err > .9).any(): return "saturated"
    target = np.array([means(components(abs(y[:,p][:,None]-y[:,p][None,:]) < .05), p) for p in range(4)]).T
    if not (abs(y-target) < .1).all(): return "unsettled"
    fits = [c for c in ALL if len(set(c)) < 4 and c != (0,1,0,1)
            and all(np.allclose(means(c,p), target[:,p]) for p in range(4))]
    if not fits: return "partly_merged"
    c = max(fits, key=lambda c: len(set(c)))
    if len(set(c)) == 1:
        span = max(np.ptp(mu[:,d]) for d in range(mu.shape[1]))
        codes = components([[np.all(abs(mu[i]-mu[j]) <= 1e-3*span) for j in range(4)] for i in range(4)])
        return "two_pairs_opposite" if codes == (0,1,0,1) else "all_grey"
    sizes = sorted(c.count(k) for k in set(c)); opposite = c[0]==c[2] or c[1]==c[3]
    if sizes == [1,1,2]: return "one_pair_opposite" if opposite else "one_pair_adjacent"
    if sizes == [1,3]: return "three_merged"
    return "two_pairs_opposite" if opposite else "two_pairs_adjacent"

SETTINGS = {
    "": {},
    "lr=0.003": dict(lr=.003), "lr=0.03&epochs=600": dict(lr=.03, epochs=600), "opt=sgd&lr=1&epochs=2000": dict(opt="sgd", lr=1., epochs=2000),
    "bias=last": dict(bias="last"), "l1=3&l3=3": dict(l1=3,l3=3), "l1=5&l3=5&epochs=700": dict(l1=5,l3=5,epochs=700),
    "l1=16&l3=16&epochs=300": dict(l1=16,l3=16,epochs=300), "code=2": dict(code=2),
    "model=va&beta=0.003": dict(model="va", beta=.003), "model=va&beta=0.01": dict(model="va", beta=.01), "model=va&beta=0.05&l1=4&l3=4": dict(model="va", beta=.05, l1=4, l3=4),
}
if __name__ == "__main__":
    n = int(sys.argv[1]); out = {}
    for name, s in SETTINGS.items():
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        y, mu = train(rng, n, **s)
        got = [label(y[k], mu[k]) for k in range(n)]
        out[name] = {l: got.count(l) for l in LABELS}
        print(name, out[name], file=sys.stderr, flush=True)
    print(json.dumps({"networks": n, "counts": out}, indent=1))
