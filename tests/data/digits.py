"""Writes src/pictures/digits.npz: the 1,797 handwritten digits of 8 x 8 that scikit-learn ships, as a set of pictures.

Usage: python tests/data/digits.py src/pictures/digits.npz  (needs NumPy and scikit-learn; prints the set's digest)

The levels 0 to 16 of the original become 0 to 255: (255 v + 8) // 16. A picture is named by its place in the original,
0000 to 1796, and labelled by its digit. The set is in the order of (label, name). The digest is worked out here from
the definition, by hashlib.
"""
import hashlib, struct, sys
import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
levels = digits.images.astype(np.int64)
assert (levels == digits.images).all() and levels.min() == 0 and levels.max() == 16
images = ((255 * levels + 8) // 16).astype(np.uint8)
labels = np.array([str(label) for label in digits.target])
names = np.array([f"{place:04}" for place in range(len(images))])
order = np.lexsort((names, labels))
images, labels, names = images[order], labels[order], names[order]
np.savez_compressed(sys.argv[1], images=images, labels=labels, names=names)

digest = hashlib.sha256(struct.pack("<2I", 8, len(images)) + images.tobytes())
for label in labels:
    digest.update(struct.pack("<I", len(label)) + label.encode())
print(digest.hexdigest()[:16])
