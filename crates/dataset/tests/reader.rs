//! METADATA.md's Python reader of the label maps, run as it stands there, says what ours says.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use raytruth_eval::LabelMaps;

/// A Python that has numpy.
fn python() -> &'static str {
    let has_numpy = |name: &&str| {
        let import = Command::new(name).args(["-c", "import numpy"]).stderr(Stdio::null()).status();
        import.is_ok_and(|status| status.success())
    };
    ["python3", "/usr/bin/python3"].into_iter().find(has_numpy).expect("python3 with numpy: `./run setup test` installs it")
}

/// The code block of METADATA.md.
fn reader() -> &'static str {
    let page = include_str!("../METADATA.md");
    let (_, rest) = page.split_once("```python\n").expect("a block of Python");
    rest.split_once("```").expect("its end").0
}

#[test]
fn the_reader_has_ten_lines_and_reads_what_is_written() {
    assert!(reader().lines().count() <= 10, "{}", reader());
    let (width, height) = (70, 40);
    let frames: Vec<u32> = vec![0, 3, 4, 9];
    let mut cells = Vec::new();
    for &frame in &frames {
        for at in 0..width * height {
            let (x, y) = ((at % width) as i32, (at / width) as i32);
            // Something that stands, something that moves, something free, long runs and short ones.
            let disc = (x - 10 - 5 * frame as i32).pow(2) + (y - 20).pow(2) < 60;
            cells.push(match () {
                () if disc => 2,
                () if x > 50 && y > 30 => 255,
                () if y > 35 => (x % 3) as u8,
                () if x < 9 => 200,
                () => 0,
            });
        }
    }
    let coded = LabelMaps::new(width, height, frames, cells.clone()).pack();
    assert!(coded.from_previous.contains(&true) && coded.from_previous.contains(&false), "{:?}", coded.from_previous);
    let program = format!(
        "import base64, json, sys, zlib\nimport numpy as np\n{}\nmaps = label_maps(json.load(sys.stdin))\n\
         print(maps.dtype, *maps.shape)\nprint(maps.tobytes().hex())\n",
        reader()
    );
    let mut child = Command::new(python())
        .args(["-c", &program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let json = serde_json::to_vec(&coded).expect("plain");
    child.stdin.take().expect("piped").write_all(&json).expect("written");
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success());
    let hex = cells.iter().fold(String::new(), |mut hex, cell| {
        let _ = write!(hex, "{cell:02x}");
        hex
    });
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("uint8 4 {height} {width}\n{hex}\n"));
}
