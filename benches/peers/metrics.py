"""How far two linear pictures are apart."""

import numpy as np


def mean(picture):
    return picture.mean((0, 1), dtype=np.float64)


def rel_mse(reference, test):
    """Mean of the squared difference over the squared reference; 0.01 keeps black from counting without bound."""
    r, t = reference.astype(np.float64), test.astype(np.float64)
    return float(((t - r) ** 2 / (r * r + 0.01)).mean())


def flip(reference, test):
    """LDR-FLIP of the pictures as shown: its map and mean (Andersson et al. 2020, NVIDIA's own implementation)."""
    import flip_evaluator

    error, average, _ = flip_evaluator.evaluate(display(reference), display(test), "LDR", applyMagma=False)
    error = np.asarray(error, np.float32)
    return error.reshape(reference.shape[:2] + (-1,))[..., 0], float(average)


def display(picture):
    """From linear radiance to sRGB values in 0..1 by Khronos PBR Neutral: `view_transform.wgsl`, our default."""
    color = np.clip(np.nan_to_num(picture, nan=0.0, posinf=65504.0), 0, 65504).astype(np.float32)
    start, desaturation = 0.8 - 0.04, 0.15
    x = color.min(-1, keepdims=True)
    c = color - np.where(x < 0.08, x - 6.25 * x * x, 0.04)
    peak = c.max(-1, keepdims=True)
    d = 1 - start
    new_peak = 1 - d * d / (peak + d - start)
    g = 1 - 1 / (desaturation * (peak - new_peak) + 1)
    high = c * (new_peak / np.maximum(peak, 1e-9)) * (1 - g) + new_peak * g
    return encode(np.clip(np.where(peak < start, c, high), 0, 1))


def encode(c):
    return np.where(c <= 0.0031308, 12.92 * c, 1.055 * np.maximum(c, 0.0031308) ** (1 / 2.4) - 0.055).astype(np.float32)
