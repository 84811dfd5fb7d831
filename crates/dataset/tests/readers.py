"""Reads a data folder as its consumers do: pyarrow, HF datasets (JSON lines, and a WebDataset tar), each over every metadata.json.

    python3 -m venv /tmp/readers && /tmp/readers/bin/pip install pyarrow datasets numpy pillow
    /tmp/readers/bin/python crates/dataset/tests/readers.py data/questions

Needs no torch. Exits 1 if a reader fails, or reads something else than json does. Plain checks of the same stand in run_loop.rs.
"""

import io
import json
import pathlib
import sys
import tarfile
import tempfile

import pyarrow
import pyarrow.json
from datasets import load_dataset

FIELDS = ["first_frame.png", "final_frame.png", "first_video.mp4", "last_video.mp4", "ground_truth.mp4", "prompt.txt", "metadata.json"]


def integers(value):
    if isinstance(value, dict):
        for member in value.values():
            yield from integers(member)
    elif isinstance(value, list):
        for item in value:
            yield from integers(item)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


def main(root):
    folders = sorted(path.parent for path in pathlib.Path(root).glob("*_task/*/metadata.json"))
    if not folders:
        sys.exit(f"no sample below {root}")
    stray = [path for path in pathlib.Path(root).glob("*_task/*") if not (path / "metadata.json").is_file()]
    assert not stray, f"not a sample, and among the samples: {stray}"
    rows = [json.loads((folder / "metadata.json").read_text()) for folder in folders]
    largest = max(abs(i) for row in rows for i in integers(row))
    assert largest < 2**53, f"an integer of {largest}"
    seeds = [row["sample_seed"] for row in rows]

    table = pyarrow.Table.from_pylist(rows)
    assert table.column("sample_seed").to_pylist() == seeds
    print(f"pyarrow.Table.from_pylist: {table.num_rows} rows, {table.num_columns} columns")

    with tempfile.TemporaryDirectory() as scratch:
        lines = pathlib.Path(scratch) / "metadata.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
        table = pyarrow.json.read_json(lines, read_options=pyarrow.json.ReadOptions(block_size=1 << 26))
        assert table.column("sample_seed").to_pylist() == seeds
        print(f"pyarrow.json: {table.num_rows} rows")

        data = load_dataset("json", data_files=str(lines), split="train", cache_dir=scratch)
        assert data["sample_seed"][:] == seeds
        print(f"datasets, JSON lines: {data.num_rows} rows")

        tar = pathlib.Path(scratch) / "samples.tar"
        with tarfile.open(tar, "w", format=tarfile.USTAR_FORMAT) as out:
            for folder, row in zip(folders, rows):
                for field in FIELDS:
                    content = (folder / field).read_bytes()
                    info = tarfile.TarInfo(f"{row['task_id']}.{field}")
                    info.size = len(content)
                    out.addfile(info, io.BytesIO(content))
        data = load_dataset("webdataset", data_files=str(tar), split="train", cache_dir=scratch, streaming=True)
        # Decoding the videos is what would need torch.
        read = [sample["metadata.json"]["sample_seed"] for sample in data.select_columns(["metadata.json"])]
        assert read == seeds, read
        print(f"datasets, WebDataset: {len(read)} samples")


if __name__ == "__main__":
    main(sys.argv[1])
