//! The program as people call it wrongly: one clear message, the documented exit code, nothing written.

use assert_cmd::Command;
use serde_json::Value;

fn raytruth(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("raytruth").expect("built");
    command.args(args).env_remove("RAYTRUTH_LOG").env_remove("SOURCE_DATE_EPOCH");
    command
}

/// Runs, and gives back code, stdout and stderr.
fn outcome(args: &[&str]) -> (i32, String, String) {
    let output = raytruth(args).output().expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

const TASK: &str = "knowledge_causality";

#[test]
fn wrong_usage_exits_2_and_says_why() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    let out = out.to_str().expect("UTF-8");
    for (arguments, says) in [
        (vec!["--task", "nonsense"], "knowledge_causality"),
        (vec!["--task", TASK, "--size", "0x0"], "0x0"),
        (vec!["--task", TASK, "--size", "100000x100000"], "100000x100000"),
        (vec!["--task", TASK, "--size", "801x500"], "802x500"),
        (vec!["--task", TASK, "--size", "64x40"], "too small"),
        (vec!["--task", TASK, "--fps", "4"], "too low"),
        (vec!["--task", TASK, "--size", "big"], "WIDTHxHEIGHT"),
        (vec!["--task", TASK, "--num-samples", "-1"], "-1"),
        (vec!["--task", TASK, "--start-index", "99999999"], "--start-index"),
        (vec!["--task", TASK, "--frames", "1"], "1 frames"),
        (vec!["--task", TASK, "--frames", "30"], "--frames 60"),
        (vec!["--task", TASK, "--fps", "0"], "0 frames per second"),
        (vec!["--task", TASK, "--samples", "0"], "0 samples"),
        (vec!["--task", TASK, "--preset", "huge"], "square512"),
        (vec!["--task", TASK, "--set", "nonsense=1"], "nonsense"),
        (vec!["--task", TASK, "--set", "nonsense"], "nonsense"),
        (vec!["--task", TASK, "--config", "/nonexistent.json"], "nonexistent"),
        (vec!["--task", TASK, "--extras", "tracks,everything"], "twins"),
        (vec!["--task", TASK, "--no-video", "--extras", "passes"], "--no-video"),
        (vec!["--task", TASK, "--difficulty", "impossible"], "mixed"),
        (vec!["--task", TASK, "--split", "dev"], "train, val, test"),
        (vec!["--task", TASK, "--preset", "v2v", "--frames", "100"], "--frames 106"),
        (vec!["--task", TASK, "--preset", "draft", "--size", "320x200"], "480x300"),
    ] {
        let mut all = vec!["generate", "--output", out];
        all.extend(&arguments);
        let (code, _, stderr) = outcome(&all);
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).expect("read").count(), 0, "nothing is written");
}

#[test]
fn a_timestamp_that_is_none_is_wrong_usage() {
    let output = raytruth(&["generate", "--task", TASK, "--dry-run"]).env("SOURCE_DATE_EPOCH", "today").output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn hyper_parameters_that_leave_no_answer_are_wrong_usage() {
    for (set, says) in [("ball_materials=iron", "ball_materials is iron"), ("pair_materials=iron", "pair_materials is iron")] {
        let (code, _, stderr) = outcome(&["generate", "--task", TASK, "--dry-run", "--set", set]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(says), "{stderr}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let file = dir.path().join("file");
    std::fs::write(&file, "").expect("write");
    let (code, _, stderr) = outcome(&["generate", "--task", TASK, "--output", file.to_str().expect("UTF-8")]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("--output"), "{stderr}");
}

const STILL_LIFE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/scenes/still_life.json");

#[test]
fn renders_that_cannot_be_are_wrong_usage() {
    for (arguments, says) in [
        (vec!["--output", "/tmp/x.jpg"], ".exr"),
        (vec!["--max-bounces", "1025"], "0..=1024"),
        (vec!["--max-bounces", "-1"], "-1"),
        (vec!["--samples", "0"], "samples_per_pixel"),
        (vec!["--shutter", "1.5"], "0..=1"),
        (vec!["--shutter", "-0.5"], "0..=1"),
        (vec!["--shutter", "NaN"], "0..=1"),
        (vec!["--passes", "depth,colour"], "there are: depth, normal, albedo, id, flow, coord, specular-id"),
        (vec!["--passes", ""], "there are: depth"),
        (vec!["--passes", "depth", "--pass-format", "tiff"], "exr"),
        (vec!["--passes-dir", "/tmp/x"], "--passes"),
        (vec!["--passes", "depth", "--frame", "1"], "--frame 1"),
        (vec!["--frame", "-1"], "like 40-44"),
        (vec!["--frame", "4-2"], "like 40-44"),
        (vec!["--frame", "0-1", "--output", "/tmp/x_#.png"], "--frame 1"),
        (vec!["--passes", "depth", "--size", "0x40"], "`width` is 0"),
    ] {
        let mut all = vec!["render", STILL_LIFE];
        all.extend(&arguments);
        let (code, _, stderr) = outcome(&all);
        assert!(code == 2 && stderr.contains(says) && !stderr.contains("panicked"), "{arguments:?}: {code}: {stderr}");
    }
}

#[test]
fn radiance_goes_to_exr() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let file = dir.path().join("out.exr");
    let output = file.to_str().expect("UTF-8");
    let arguments = ["--size", "32x20", "--samples", "1", "--no-multiscatter", "--max-bounces", "1", "--no-denoise"];
    let (code, _, stderr) = outcome(&[&["render", STILL_LIFE, "--output", output], &arguments[..]].concat());
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(std::fs::read(&file).expect("written")[..4], [0x76, 0x2f, 0x31, 0x01], "OpenEXR's magic number");
}

#[test]
fn several_frames_are_numbered_and_have_the_bits_of_each_alone() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| dir.path().join(name).to_str().expect("UTF-8").to_owned();
    let gallery = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/scenes/gallery.json");
    let render = |frames: &str, name: &str| {
        let small = ["--size", "32x20", "--samples", "1", "--max-bounces", "1", "--frame", frames, "--output", &path(name)];
        outcome(&[&["render", gallery], &small[..]].concat())
    };
    let (code, _, stderr) = render("40-41", "walk.png");
    assert!(code == 2 && stderr.contains("walk_####.png"), "{code}: {stderr}");
    for (frames, name) in [("40-41", "walk_###.png"), ("41", "alone.png")] {
        let (code, _, stderr) = render(frames, name);
        assert_eq!(code, 0, "{stderr}");
    }
    let read = |name: &str| std::fs::read(path(name)).expect("written");
    assert_eq!(read("walk_041.png"), read("alone.png"));
    assert_ne!(read("walk_040.png"), read("alone.png"));
}

#[test]
fn passes_alone_or_beside_a_picture() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| dir.path().join(name).to_str().expect("UTF-8").to_owned();
    let names = |folder: &str| {
        let entries = std::fs::read_dir(path(folder)).expect("a folder").map(|e| e.expect("an entry").file_name());
        let mut names: Vec<String> = entries.map(|n| n.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let small = ["render", STILL_LIFE, "--size", "32x20", "--samples", "1"];
    let run = |more: &[&str]| {
        let (code, _, stderr) = outcome(&[&small, more].concat());
        assert_eq!(code, 0, "{stderr}");
    };
    let everything = "depth,normal,albedo,id,flow,coord,specular-id";
    run(&["--passes", everything, "--passes-dir", &path("alone"), "--pass-format", "mixed"]);
    assert_eq!(
        names("alone"),
        [
            "albedo_00000.png",
            "coord_00000.exr",
            "depth_00000.exr",
            "flow_backward_00000.exr",
            "flow_forward_00000.exr",
            "normal_00000.png",
            "object_id_00000.png",
            "specular_id_00000.png",
            "specular_throughput_00000.png",
        ]
    );
    run(&["--passes", "id, depth", "--output", &path("out.png")]);
    assert_eq!(names("out_passes"), ["depth_00000.png", "object_id_00000.png"], "beside the picture");
    assert!(dir.path().join("out.png").exists());
    assert_eq!(std::fs::read(path("alone/object_id_00000.png")).ok(), std::fs::read(path("out_passes/object_id_00000.png")).ok());
}

#[test]
fn passes_that_cannot_be_written_are_a_failure() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let file = dir.path().join("file");
    std::fs::write(&file, "").expect("write");
    for place in [file.join("below"), file] {
        let place = place.to_str().expect("UTF-8");
        let (code, _, stderr) = outcome(&["render", STILL_LIFE, "--passes", "depth", "--passes-dir", place]);
        assert!(code == 1 && stderr.contains("cannot create") && stderr.contains(place), "{code}: {stderr}");
    }
}

#[test]
fn scene_files_that_are_wrong_are_refused() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let png = dir.path().join("out.png");
    let camera = r#""camera": {"pose": {"translation": [0, 0, 1], "rotation": [0, 0, 0, 1]}, "fov_y": 0.7}"#;
    let environment = r#""environment": {"kind": "uniform", "radiance": [1, 1, 1]}"#;
    let object = |name: &str, parent: &str, radius: &str| {
        format!(
            r#"{{"name": "{name}", "id": 1, "shape": {{"kind": "sphere", "radius": {radius}}}, "material": "m", "parent": "{parent}"}}"#
        )
    };
    let scene = |objects: &[String]| {
        let objects = objects.join(",");
        format!(r#"{{"format_version": 1, {camera}, {environment}, "materials": {{"m": {{}}}}, "objects": [{objects}]}}"#)
    };
    for (name, text) in [
        ("truncated", scene(&[])[..40].to_owned()),
        ("nan", scene(&[object("a", "a", "NaN")])),
        ("huge", scene(&[object("a", "b", "1e999")])),
        ("missing", scene(&[object("a", "nobody", "1")])),
        ("cyclic", scene(&[object("a", "b", "1"), object("b", "a", "1")])),
        ("binary", "\u{0}\u{1}".to_owned()),
    ] {
        let path = dir.path().join(format!("{name}.json"));
        std::fs::write(&path, text).expect("write");
        let (code, _, stderr) = outcome(&["render", path.to_str().expect("UTF-8"), "--output", png.to_str().expect("UTF-8")]);
        assert!((1..=2).contains(&code), "{name}: {stderr}");
        assert!(stderr.contains(name) && !stderr.contains("panicked"), "{name}: {stderr}");
        assert_eq!(stderr.matches("error:").count(), 1, "{name}: one message: {stderr}");
    }
    let (code, _, stderr) = outcome(&["render", "/nonexistent.json"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(!png.exists());
}

#[test]
fn folders_without_samples_are_said_to_be_so() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let empty = dir.path().to_str().expect("UTF-8");
    for command in ["verify", "controls"] {
        let (code, _, stderr) = outcome(&[command, empty]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains("no sample"), "{stderr}");
        let (code, _, stderr) = outcome(&[command, "/nonexistent"]);
        assert!((1..=2).contains(&code) && stderr.contains("/nonexistent"), "{stderr}");
    }
    let (code, _, stderr) = outcome(&["render", empty]);
    assert_eq!(code, 1);
    assert!(stderr.contains("metadata.json"), "{stderr}");
}

#[test]
fn metadata_that_lies_is_not_believed() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let sample = dir.path().join("knowledge_causality_task/knowledge_causality_00000000");
    std::fs::create_dir_all(&sample).expect("create");
    let path = sample.to_str().expect("UTF-8");
    for text in [
        "",
        "{}",
        "[1, 2]",
        r#"{"generator": "another", "schema_version": 1}"#,
        r#"{"generator": "raytruth", "schema_version": 99}"#,
    ] {
        std::fs::write(sample.join("metadata.json"), text).expect("write");
        let (code, _, stderr) = outcome(&["render", path]);
        assert_eq!(code, 1, "{text}: {stderr}");
        assert!(stderr.contains("metadata.json"), "{text}: {stderr}");
    }
}

#[test]
fn list_names_tasks_families_classes_and_dials() {
    let (code, text, _) = outcome(&["list"]);
    assert_eq!(code, 0);
    assert!(text.contains(TASK) && text.contains("tower"), "{text}");
    let list = |difficulty: &str| -> Vec<Value> {
        let (code, text, _) = outcome(&["list", "--json", "--difficulty", difficulty]);
        assert_eq!(code, 0);
        serde_json::from_str(&text).expect("JSON")
    };
    let hard = list("hard");
    for task in &hard {
        assert!(!task["dials"].as_array().expect("dials").is_empty());
        assert!(task["seconds"].is_f64() && task["min_size"][0].is_u64(), "{task}");
    }
    let difficulties: Vec<Value> = list("mixed").iter().map(|task| task["difficulty"].clone()).collect();
    assert_eq!(difficulties, ["easy", "medium", "hard"].repeat(hard.len()));
    let (_, text, _) = outcome(&["list", "--difficulty", "mixed"]);
    assert_eq!(text.matches("hyper-parameters").count(), 3 * hard.len(), "{text}");
}

#[test]
fn help_documents_the_exit_codes() {
    for args in [vec!["--help"], vec!["generate", "--help"]] {
        let (code, text, _) = outcome(&args);
        assert_eq!(code, 0);
        assert!(text.contains("75 try again later"), "{text}");
    }
}

#[test]
fn a_dry_run_prints_the_same_problem_whatever_is_rendered_and_writes_nothing() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    let out = out.to_str().expect("UTF-8");
    let dry = |more: &[&str]| {
        let mut args = vec!["generate", "--task", TASK, "--seed", "5", "--dry-run", "--json", "--output", out];
        args.extend(more);
        let (code, text, stderr) = outcome(&args);
        assert_eq!(code, 0, "{stderr}");
        serde_json::from_str::<Value>(&text).expect("a JSON array")
    };
    let both = dry(&["--num-samples", "2"]);
    assert_eq!(both.as_array().expect("array").len(), 2);
    let alone = dry(&["--num-samples", "1", "--start-index", "1", "--preset", "draft", "--no-video", "--threads", "1"]);
    assert_eq!(both[1], alone[0]);
    assert_eq!(std::fs::read_dir(dir.path()).expect("read").count(), 0);
}

#[test]
fn a_dry_run_says_what_draws_cost_and_what_tells_the_class() {
    let args = ["generate", "--task", TASK, "--dry-run", "--stats", "--difficulty", "easy", "--num-samples", "4"];
    let (code, text, stderr) = outcome(&args);
    assert_eq!(code, 0, "{stderr}");
    assert!(text.starts_with("4 problems in ") && text.contains(" of a thread)"), "{text}");
    for class in ["tower_falls", "pair_neither"] {
        assert!(text.contains(class), "{text}");
    }
    assert!(text.contains("% of ") && text.contains(" by ball_material"), "{text}");
    let (_, problems, stats) = outcome(&[&args[..], &["--json"]].concat());
    assert_eq!(serde_json::from_str::<Vec<Value>>(&problems).expect("a JSON array").len(), 4);
    assert!(stats.contains("4 problems in "), "beside the problems: {stats}");
    assert_eq!(outcome(&["generate", "--task", TASK, "--stats"]).0, 2, "without --dry-run");
}

#[test]
fn every_preset_takes_every_difficulty_without_another_flag() {
    for preset in raytruth_dataset::PRESETS {
        for difficulty in ["easy", "mixed"] {
            let args = [
                "generate",
                "--task",
                TASK,
                "--preset",
                preset.name,
                "--difficulty",
                difficulty,
                "--dry-run",
                "--num-samples",
                "0",
            ];
            let (code, _, stderr) = outcome(&args);
            assert_eq!(code, 0, "{}: {stderr}", preset.name);
        }
    }
    // A faster preset is longer by itself.
    let faster = ["generate", "--task", TASK, "--fps", "60", "--dry-run", "--num-samples", "0"];
    assert_eq!(outcome(&faster).0, 0);
}

#[test]
fn a_dry_run_knows_parts_and_mixed_difficulties() {
    let dry = |more: &[&str]| {
        let args = ["generate", "--task", TASK, "--seed", "5", "--dry-run", "--json", "--num-samples", "2"];
        let (code, text, stderr) = outcome(&[&args[..], more].concat());
        assert_eq!(code, 0, "{stderr}");
        let problems: Vec<Value> = serde_json::from_str(&text).expect("a JSON array");
        problems
    };
    let hashes = |problems: &[Value]| problems.iter().map(|p| p["problem_hash"].to_string()).collect::<Vec<_>>();
    let (train, val) = (dry(&["--split", "train"]), dry(&["--split", "val", "--difficulty", "mixed"]));
    assert!(hashes(&train).iter().all(|hash| !hashes(&val).contains(hash)));
    assert!(train.iter().chain(&val).all(|p| p["hardness"]["targets"].as_f64() >= Some(2.0)), "{train:?}");
    assert!(train.iter().all(|p| p["difficulty"] == "medium"));
}

#[test]
fn scenes_go_to_gltf_and_back_and_broken_ones_are_named() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| dir.path().join(name).to_str().expect("UTF-8").to_owned();
    let scene = STILL_LIFE;
    for (from, to) in [(scene.to_owned(), path("a.glb")), (path("a.glb"), path("b.json"))] {
        let (code, _, stderr) = outcome(&["export", &from, "--output", &to]);
        assert_eq!(code, 0, "{stderr}");
    }
    let names = |file: &str| -> Vec<String> {
        let scene: Value = serde_json::from_slice(&std::fs::read(file).expect("read")).expect("JSON");
        scene["objects"].as_array().expect("objects").iter().map(|o| o["name"].to_string()).collect()
    };
    assert_eq!(names(&path("b.json")), names(scene));

    std::fs::write(path("broken.glb"), "junk").expect("write");
    let (code, _, stderr) = outcome(&["export", &path("broken.glb"), "--output", &path("c.glb")]);
    assert!(code == 1 && stderr.contains("broken.glb"), "{code}: {stderr}");
    let (code, _, stderr) = outcome(&["export", scene, "--output", &path("c.obj")]);
    assert!(code == 2 && stderr.contains(".glb"), "{code}: {stderr}");
    assert!(!std::path::Path::new(&path("c.glb")).exists(), "nothing half-written");
}

/// Blender is the default; its lamps and its sky are meshes, those of the web are punctual.
#[test]
fn a_gltf_file_is_for_somebody() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| dir.path().join(name).to_str().expect("UTF-8").to_owned();
    let export = |more: &[&str]| outcome(&[&["export", STILL_LIFE, "--output"], more].concat());
    let holds = |name: &str, word: &str| String::from_utf8_lossy(&std::fs::read(path(name)).expect("written")).contains(word);
    for (file, arguments, punctual) in
        [("a.glb", &[][..], false), ("b.glb", &["--for", "blender"][..], false), ("c.glb", &["--for", "web"][..], true)]
    {
        let (code, _, stderr) = export(&[&[path(file).as_str()], arguments].concat());
        assert_eq!(code, 0, "{stderr}");
        assert_eq!(holds(file, "KHR_lights_punctual"), punctual, "{file}");
        assert_eq!(holds(file, "for Blender"), !punctual, "{file}");
        assert_eq!(stderr.contains("aperture"), !punctual, "what is lost is told: {stderr}");
    }
    assert_eq!(std::fs::read(path("a.glb")).ok(), std::fs::read(path("b.glb")).ok());
    for (arguments, says) in [(["d.glb", "--for", "maya"], "blender"), (["d.json", "--for", "web"], "this program alone")] {
        let (code, _, stderr) = export(&[path(arguments[0]).as_str(), arguments[1], arguments[2]]);
        assert!(code == 2 && stderr.contains(says), "{code}: {stderr}");
        assert!(!dir.path().join(arguments[0]).exists());
    }
}

/// A scene that cannot be: one clear message, exit 1, nothing written.
#[test]
fn hostile_scenes_are_refused_with_one_message() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (file, out) = (dir.path().join("scene.json"), dir.path().join("out.png"));
    let good = || -> Value {
        serde_json::from_str(
            r#"{
            "format_version": 2,
            "animation": { "frames": 3, "fps": 16 },
            "camera": { "pose": { "translation": [0, -3, 0.5], "rotation": [0.70710678, 0, 0, 0.70710678] }, "fov_y": 0.7 },
            "environment": { "kind": "uniform", "radiance": [1, 1, 1] },
            "lights": [{ "name": "l", "shape": { "kind": "sphere", "radius": 0.1 }, "pose": {}, "radiance": [1, 1, 1], "power": [0, 1] }],
            "materials": { "m": { "emission_power": [0.5] } },
            "objects": [{ "name": "rope", "id": 1, "material": "m", "shapes": [
                { "kind": "nothing" },
                { "kind": "tube", "radius": 0.1, "points": [[0, 0, 0], [1, 0, 0], [1, 1, 0]], "colors": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "rings": 4 }
            ] }],
            "overlays": [{ "name": "sign", "id": 2, "center": [0, 0], "size": [0.5, 0.5],
                "marks": [{ "form": { "kind": "disc", "center": [0, 0], "radius": 0.2 }, "color": [1, 0, 0] }] }]
        }"#,
        )
        .expect("JSON")
    };
    let render = |scene: &str| {
        std::fs::write(&file, scene).expect("writes");
        outcome(&[
            "render",
            file.to_str().expect("UTF-8"),
            "--size",
            "32x20",
            "--samples",
            "1",
            "-o",
            out.to_str().expect("UTF-8"),
        ])
    };
    type Harm = fn(&mut Value);
    let harms: [(&str, Harm); 14] = [
        ("a list of 4", |v| v["objects"][0]["shapes"] = serde_json::json!(vec![serde_json::json!({ "kind": "nothing" }); 4])),
        ("objects[0].shape", |v| v["objects"][0]["shapes"] = serde_json::json!([])),
        ("colors is a list of 2", |v| drop(v["objects"][0]["shapes"][1]["colors"].as_array_mut().expect("a list").pop())),
        ("rings is 1000000", |v| v["objects"][0]["shapes"][1]["rings"] = 1_000_000.into()),
        ("lights[0].power[1] is 1.5", |v| v["lights"][0]["power"] = serde_json::json!([0, 1.5])),
        ("lights[0].power is a list of 4", |v| v["lights"][0]["power"] = serde_json::json!([0, 1, 0, 1])),
        ("environment_power[0]", |v| v["environment_power"] = serde_json::json!([-0.1])),
        ("emission_power[0] is 2", |v| v["materials"]["m"]["emission_power"] = serde_json::json!([2])),
        ("not within the picture of 32 x 20", |v| v["overlays"][0]["size"] = serde_json::json!([2.0, 0.5])),
        ("not within the picture of 32 x 20", |v| v["overlays"][0]["center"] = serde_json::json!([0.0, 0.6])),
        ("object \"rope\" has it", |v| v["overlays"][0]["id"] = 1.into()),
        ("floor is 9", |v| v["floor"] = 9.into()),
        ("reads 1 to 2", |v| v["format_version"] = 3.into()),
        ("at most 4000000", |v| {
            let points: Vec<[f32; 3]> = (0..19_000).map(|i| [i as f32, 0.0, 0.0]).collect();
            v["objects"][0]["shapes"][1] = serde_json::json!({ "kind": "tube", "radius": 0.1, "points": points, "rings": 256 });
        }),
    ];
    for (says, harm) in harms {
        let mut scene = good();
        harm(&mut scene);
        let (code, _, stderr) = render(&scene.to_string());
        assert_eq!(code, 1, "{says}: {stderr}");
        assert!(stderr.contains(says) && !stderr.contains("panicked"), "{says}: {stderr}");
        assert!(!out.exists(), "{says}");
    }
    // JSON has no NaN.
    let (code, _, stderr) = render(&good().to_string().replace("\"power\":[0,1]", "\"power\":[0,NaN]"));
    assert!(code == 1 && stderr.contains("line 1, column"), "{code}: {stderr}");
    let (code, _, stderr) = render(&good().to_string());
    assert!(code == 0 && out.exists(), "{stderr}");
}
