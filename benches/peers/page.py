"""An HTML page that needs nothing beside itself: tables and pictures."""

import base64
import html
import struct
import zlib

import numpy as np

from . import metrics

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem; color: #222; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #ddd; }
th:first-child, td:first-child { text-align: left; } .bad { color: #b00020; font-weight: 600; } .good { color: #1b6e34; }
.row { display: flex; flex-wrap: wrap; gap: .8rem; } figure { margin: 0; flex: 1 1 18rem; max-width: 25rem; }
img { width: 100%; image-rendering: pixelated; background: #888; } figcaption { font-size: 13px; color: #555; } h2 { margin-top: 2.5rem; }
.wide { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818; } th, td { border-color: #444; }
  figcaption { color: #aaa; } .bad { color: #ff6b81; } .good { color: #7bd88f; } }
"""


class Page:
    def __init__(self, title, about):
        self.parts = [f"<h1>{html.escape(title)}</h1>"] + [f"<p>{html.escape(line)}</p>" for line in about]
        self.title = title

    def head(self, text):
        self.parts.append(f"<h2>{html.escape(text)}</h2>")

    def text(self, line):
        self.parts.append(f"<p>{html.escape(line)}</p>")

    def table(self, columns, rows):
        """Cells are text, or (text, True or False) for what holds or fails."""
        out = ["<tr>" + "".join(f"<th>{html.escape(c)}</th>" for c in columns) + "</tr>"]
        for row in rows:
            cells = ""
            for cell in row:
                text, holds = cell if isinstance(cell, tuple) else (cell, None)
                kind = {True: ' class="good"', False: ' class="bad"', None: ""}[holds]
                cells += f"<td{kind}>{html.escape(str(text))}</td>"
            out.append(f"<tr>{cells}</tr>")
        self.parts.append('<div class="wide"><table>' + "\n".join(out) + "</table></div>")

    def pictures(self, figures):
        """(caption, picture): linear radiance as shown, or a map of errors where it has one channel."""
        out = ""
        for caption, picture in figures:
            shown = heat(picture) if picture.ndim == 2 else metrics.display(picture)
            data = base64.b64encode(png(shown)).decode()
            text = html.escape(caption)
            out += f'<figure><img alt="{text}" src="data:image/png;base64,{data}"><figcaption>{text}</figcaption></figure>\n'
        self.parts.append(f'<div class="row">{out}</div>')

    def write(self, path):
        body = "\n".join(self.parts)
        head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{html.escape(self.title)}</title>'
        path.write_text(f"<!doctype html><html lang=\"en\"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>\n")


def heat(error):
    """Black, purple, orange, white for 0 to 1, steeper below: a tenth is well seen."""
    t = np.sqrt(np.clip(error, 0, 1))[..., None]
    stops = np.array([[0, 0, 0.02], [0.32, 0.07, 0.48], [0.72, 0.21, 0.47], [0.99, 0.62, 0.43], [1, 1, 0.85]])
    at = t * (len(stops) - 1)
    low = np.clip(at[..., 0].astype(int), 0, len(stops) - 2)
    return stops[low] * (1 - (at - low[..., None])) + stops[low + 1] * (at - low[..., None])


def png(shown):
    """8 bits a channel from values in 0..1."""
    pixels = (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def plain(columns, rows):
    """The same table for a terminal; `!` marks what fails."""
    text = [[(c[0] + ("" if c[1] else " !")) if isinstance(c, tuple) else str(c) for c in row] for row in rows]
    widths = [max(len(r[i]) for r in [list(columns)] + text) for i in range(len(columns))]
    line = lambda row: "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths)))
    return "\n".join([line(columns), "  ".join("-" * w for w in widths)] + [line(r) for r in text])
