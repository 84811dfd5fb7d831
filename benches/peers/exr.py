"""32-bit OpenEXR pictures, height x width x 3."""

import numpy as np
import OpenEXR


def read(path):
    with OpenEXR.File(str(path)) as file:
        channels = file.channels()
        if "RGB" in channels or "RGBA" in channels:
            pixels = channels.get("RGB", channels.get("RGBA")).pixels[..., :3]
        else:
            pixels = np.stack([channels[c].pixels for c in "RGB"], -1)
        return np.ascontiguousarray(pixels, np.float32)


def write(path, pixels):
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    # One flat channel each: every reader knows these names.
    channels = {c: np.ascontiguousarray(pixels[..., i], np.float32) for i, c in enumerate("RGB")}
    with OpenEXR.File(header, channels) as file:
        file.write(str(path))
