"""Writes tests/data/pictures: 40 JPEG, PNG and WebP files and some of other kinds, and pictures.npz beside the folder.

Usage: python tests/data/pictures.py tests/data  (needs NumPy and Pillow)

The .npz holds what the files are to become at side 16, cropped, over white: read by Pillow, and turned grey and averaged
here from the definition. Pillow's own decoders for JPEG and lossy WebP may differ from others by some levels a pixel.
"""
import io, struct, sys, zlib
from pathlib import Path
import numpy as np
from PIL import Image, ImageOps, PngImagePlugin

ROOT = Path(sys.argv[1])
FOLDER = ROOT / "pictures"
SIDE = 16
LABELS = ["good", "crack", "ring"]
written = {}  # name -> the levels that it is to become


def scene(kind, w, h, seed):
    """Colours that no symmetry maps to themselves: a slope, noise in blocks, and a crack or a ring."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:h, 0:w].astype(float)
    grey = 60 + 120 * x / w + 60 * y / h
    if kind == "crack":
        grey[np.abs(y - x * h / w * 0.7 - 3) < 2] = 5
    if kind == "ring":
        grey[np.abs(np.hypot(x - w / 3, y - h / 3) - h / 5) < 2] = 250
    tint = np.stack([grey * 1.0, grey * 0.8 + 20, 255 - grey], -1)
    blocks = rng.integers(-12, 13, ((h + 3) // 4, (w + 3) // 4, 3)).repeat(4, 0).repeat(4, 1)[:h, :w]
    return np.clip(tint + blocks, 0, 255).astype(np.uint8)


def grey_of(rgba):
    """Over white, then luma, in whole numbers."""
    rgba = rgba.astype(np.int64)
    rgb = (rgba[..., 3:] * rgba[..., :3] + (255 - rgba[..., 3:]) * 255 + 127) // 255
    return (299 * rgb[..., 0] + 587 * rgb[..., 1] + 114 * rgb[..., 2] + 500) // 1000


def fitted(grey):
    h, w = grey.shape
    n = min(h, w)
    top, left = (h - n) // 2, (w - n) // 2
    square = grey[top:top + n, left:left + n]
    out = np.zeros((SIDE, SIDE), np.uint8)
    for i in range(SIDE):
        for j in range(SIDE):
            r0, c0 = i * n // SIDE, j * n // SIDE
            r1, c1 = max((i + 1) * n // SIDE, r0 + 1), max((j + 1) * n // SIDE, c0 + 1)
            box = square[r0:r1, c0:c1]
            out[i, j] = (int(box.sum()) + box.size // 2) // box.size
    return out


def keep(name, data, grey=None):
    label = LABELS[len(written) % 3]
    path = FOLDER / label / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if grey is None:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        grey = grey_of(np.asarray(image.convert("RGBA")))
    written[f"{label}/{name}"] = (label, fitted(grey))


def save(name, image, **options):
    data = io.BytesIO()
    image.save(data, {"jpg": "JPEG", "pgm": "PPM", "pbm": "PPM"}.get(name[-3:], name.split(".")[-1].upper()), **options)
    keep(name, data.getvalue())


def png(pixels, colour, depth, interlaced=False):
    """A PNG as Pillow writes none: 16 bits of colour, or in the seven passes of Adam7."""
    h, w = pixels.shape[:2]
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = b""
    for top, left, down, right in passes if interlaced else [(0, 0, 1, 1)]:
        for row in pixels[top::down, left::right]:
            if row.size:
                rows += b"\0" + row.astype(">u2" if depth == 16 else "u1").tobytes()
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def opaque(rgb):
    return np.concatenate([rgb, np.full(rgb.shape[:2] + (1,), 255, np.uint8)], -1)


def picture(k, w=40, h=33):
    return Image.fromarray(scene(LABELS[len(written) % 3], w, h, k))


def alpha(image):
    w, h = image.size
    image = image.convert("RGBA")
    image.putalpha(Image.fromarray(np.tile(np.linspace(0, 255, w).astype(np.uint8), (h, 1))))
    return image


def oriented(value):
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


# Sixteen JPEGs.
save("444.jpg", picture(1), quality=90, subsampling=0)
save("422.jpg", picture(2, 41, 35), quality=80, subsampling=1)
save("420.jpg", picture(3, 37, 50), quality=75, subsampling=2)
save("grey.jpg", picture(4).convert("L"), quality=85)
save("progressive.jpg", picture(5, 49, 39), quality=80, progressive=True)
save("progressive-grey.jpg", picture(6).convert("L"), quality=60, progressive=True)
save("cmyk.jpg", picture(7).convert("CMYK"), quality=90)
data = io.BytesIO()
picture(8).convert("CMYK").save(data, "JPEG", quality=90)
ycck = bytearray(data.getvalue())
ycck[ycck.index(b"Adobe") + 11] = 2  # the same samples, said to be luma, chroma and black
keep("ycck.jpg", bytes(ycck))
for value in range(1, 9):
    save(f"turned-{value}.jpg", picture(8 + value, 48, 36), quality=85, exif=oriented(value), restart_marker_blocks=value - 1)

# Fourteen PNGs.
save("rgb.png", picture(20))
save("rgba.png", alpha(picture(21)))
save("grey.png", picture(22).convert("L"))
save("grey-alpha.png", alpha(picture(23)).convert("LA"))
save("palette.png", picture(24).quantize(16))
save("palette-4.png", picture(25).quantize(4), bits=2)
save("palette-clear.png", picture(26).quantize(16), transparency=bytes(range(0, 256, 16)))
save("bit.png", picture(27).convert("1"))
save("tiny.png", picture(28, 5, 7))
for value in (3, 6):
    save(f"turned-{value}.png", picture(28 + value, 48, 36), exif=oriented(value))
wide = scene("ring", 40, 33, 35).astype(np.int64) * 257 - np.arange(40)[None, :, None]
wide = np.clip(wide, 0, 65535)
narrow = (255 * wide + 32767) // 65535
keep("rgb-16.png", png(wide, 2, 16), grey_of(opaque(narrow.astype(np.uint8))))
keep("grey-16.png", png(wide[..., 0], 0, 16, True), narrow[..., 0])
keep("interlaced.png", png(np.asarray(picture(37, 43, 29)), 2, 8, True))

# Ten WebPs.
save("lossless.webp", picture(40), lossless=True, exact=True)
save("lossless-alpha.webp", alpha(picture(41)), lossless=True, exact=True)
save("lossy.webp", picture(42, 50, 41), quality=80)
save("lossy-low.webp", picture(43), quality=20)
save("lossy-alpha.webp", alpha(picture(44)), quality=80)
save("tiny.webp", picture(45, 3, 9), lossless=True)
for value in (1, 5, 8):
    save(f"turned-{value}.webp", picture(45 + value, 48, 36), lossless=True, exif=oriented(value))
save("moving.webp", picture(54), lossless=True, save_all=True, append_images=[picture(55), picture(56)])
assert len(written) == 40

# Others.
save("moving.gif", picture(60).quantize(32), save_all=True, append_images=[picture(61).quantize(32)])
save("rgb.bmp", picture(62))
save("palette.bmp", picture(63).quantize(16))
save("rgb.ppm", picture(64))
save("grey.pgm", picture(65).convert("L"))
save("bit.pbm", picture(66).convert("1"))
levels = np.asarray(picture(67).convert("L")).astype(np.int64) * 100 // 255
text = f"P2\n# of 100\n40 33\n100\n" + "\n".join(" ".join(map(str, row)) for row in levels)
keep("of-100.pgm", text.encode(), (255 * levels + 50) // 100)

names = sorted(written, key=lambda name: (written[name][0], name))
np.savez_compressed(
    ROOT / "pictures.npz",
    images=np.stack([written[name][1] for name in names]),
    labels=np.array([written[name][0] for name in names]),
    names=np.array(names),
)
