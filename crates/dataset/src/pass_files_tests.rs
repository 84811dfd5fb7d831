//! Every encoding read back with the image crate, by the units that are documented.

use image::{DynamicImage, ImageFormat};

use super::*;

const SIZE: (u32, u32) = (3, 2);

fn passes() -> Passes {
    Passes {
        depth: vec![0.5, 2.0004, 65.0, 70.0, 0.0001, f32::INFINITY],
        normal: vec![[0.0, 0.6, 0.8], [1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [0.0, -0.6, 0.8], [0.3, 0.4, -0.866], [0.0; 3]],
        albedo: vec![[0.0, 0.5, 1.0], [0.1; 3], [0.2; 3], [0.3; 3], [0.25, 0.75, 0.8], [0.0; 3]],
        object_id: vec![1, 2, 65535, 300, 4, 0],
        flow_forward: vec![
            Some([0.0, 0.0]),
            Some([1.5, -2.25]),
            Some([511.9, -512.0]),
            Some([512.1, 0.0]),
            None,
            Some([0.01, 0.0]),
        ],
        flow_backward: vec![None; 6],
        coord: vec![
            Some([0.0; 3]),
            Some([0.1, -0.2, 0.3]),
            Some([-8.0, 8.0, 1.0]),
            Some([-9.0, 9.0, 0.0]),
            Some([1e-4; 3]),
            None,
        ],
        specular_id: vec![5, 0, 65535, 1, 2, 3],
        specular_throughput: vec![[1.0; 3], [0.9, 0.5, 0.1], [0.04; 3], [0.0; 3], [0.33; 3], [1.0; 3]],
    }
}

fn decode(files: &[PassFile], name: &str) -> DynamicImage {
    let file = files.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("no {name}"));
    let format = if file.extension == "png" { ImageFormat::Png } else { ImageFormat::OpenExr };
    let picture = image::load_from_memory_with_format(&file.bytes, format).expect("reads");
    assert_eq!((picture.width(), picture.height()), SIZE);
    picture
}

fn grey(picture: &DynamicImage) -> Vec<u16> {
    picture.as_luma16().expect("16-bit grey").as_raw().clone()
}

fn rgb(picture: &DynamicImage) -> Vec<[u16; 3]> {
    picture.as_rgb16().expect("16-bit RGB").pixels().map(|p| p.0).collect()
}

#[test]
fn png_holds_the_documented_units() {
    let passes = passes();
    let files = pass_files(SIZE, &passes, PassFormat::Png).expect("writes");
    assert_eq!(files.len(), 9);
    assert!(files.iter().all(|f| f.extension == "png"));
    assert_eq!(grey(&decode(&files, "depth")), [500, 2000, 65000, 65535, 1, 0], "millimetres; 0 is nothing");
    assert_eq!(grey(&decode(&files, "object_id")), passes.object_id);
    assert_eq!(grey(&decode(&files, "specular_id")), passes.specular_id);
    let near = |got: [u16; 3], expected: [f32; 3], of: &dyn Fn(f32) -> f32, error: f32| {
        let got = got.map(|v| of(f32::from(v)));
        assert!(got.iter().zip(expected).all(|(a, b)| (a - b).abs() <= error), "{got:?} is not {expected:?}");
    };
    for (name, values) in [("albedo", &passes.albedo), ("specular_throughput", &passes.specular_throughput)] {
        rgb(&decode(&files, name)).into_iter().zip(values).for_each(|(v, c)| near(v, *c, &|v| v / 65535.0, 1e-5));
    }
    let normals = rgb(&decode(&files, "normal"));
    normals.iter().zip(&passes.normal).for_each(|(v, n)| near(*v, *n, &|v| 2.0 * v / 65535.0 - 1.0, 2e-5));
    assert_eq!(normals[5], [32768; 3], "nothing");

    let flow = rgb(&decode(&files, "flow_forward"));
    for (v, f) in flow.iter().zip(&passes.flow_forward) {
        match f {
            Some([x, y]) if x.abs() < 512.0 => {
                let [x_steps, y_steps, valid] = *v;
                near([x_steps, y_steps, 32768], [*x, *y, 0.0], &|v| (v - 32768.0) / 64.0, 0.5 / 64.0);
                assert_eq!(valid, 1);
            }
            _ => assert_eq!(*v, [0; 3], "no flow, or too large to be held: {f:?}"),
        }
    }
    assert_eq!(flow[0], [32768, 32768, 1], "standing still is a flow");
    assert!(rgb(&decode(&files, "flow_backward")).iter().all(|v| *v == [0; 3]));

    let coord = rgb(&decode(&files, "coord"));
    for (v, p) in coord.iter().zip(&passes.coord) {
        let held = p.map(|p| p.map(|x| x.clamp(-8.191_75, 8.191_75)));
        held.map_or_else(|| assert_eq!(*v, [0; 3]), |p| near(*v, p, &|v| (v - 32768.0) / 4000.0, 0.51 / 4000.0));
    }
}

/// The channels of an EXR file by name, as any reader of the format sees them.
fn exr_channels(files: &[PassFile], name: &str) -> Vec<(String, Vec<f32>)> {
    use exr::prelude::{ReadChannels as _, ReadLayers as _};
    let file = files.iter().find(|f| f.name == name).expect("there");
    let reader = exr::prelude::read().no_deep_data().largest_resolution_level().all_channels().first_valid_layer();
    let picture = reader.all_attributes().from_buffered(std::io::Cursor::new(&file.bytes)).expect("reads");
    let channels = picture.layer_data.channel_data.list;
    channels.into_iter().map(|c| (c.name.to_string(), c.sample_data.values_as_f32().collect())).collect()
}

#[test]
fn exr_keeps_every_bit() {
    let passes = passes();
    let files = pass_files(SIZE, &passes, PassFormat::Exr).expect("writes");
    assert!(files.len() == 9 && files.iter().all(|f| f.extension == "exr"));
    assert_eq!(exr_channels(&files, "depth"), [("Y".to_owned(), passes.depth.clone())]);
    let ids = |ids: &[u16]| vec![("Y".to_owned(), ids.iter().map(|id| f32::from(*id)).collect::<Vec<_>>())];
    assert_eq!(exr_channels(&files, "object_id"), ids(&passes.object_id));
    assert_eq!(exr_channels(&files, "specular_id"), ids(&passes.specular_id));
    let colors = [("normal", &passes.normal), ("albedo", &passes.albedo), ("specular_throughput", &passes.specular_throughput)];
    for (name, values) in colors {
        let picture = decode(&files, name).into_rgb32f();
        assert!(picture.pixels().zip(values).all(|(p, v)| p.0 == *v), "{name}");
    }
    let flow = decode(&files, "flow_forward").into_rgb32f();
    for (p, f) in flow.pixels().zip(&passes.flow_forward) {
        assert_eq!(p.0, f.map_or([0.0; 3], |[x, y]| [x, y, 1.0]));
    }
    let coord = decode(&files, "coord").into_rgba32f();
    for (p, c) in coord.pixels().zip(&passes.coord) {
        assert_eq!(p.0, c.map_or([0.0; 4], |[x, y, z]| [x, y, z, 1.0]));
    }
}

#[test]
fn mixed_keeps_measures_and_packs_the_rest() {
    let files = pass_files(SIZE, &passes(), PassFormat::Mixed).expect("writes");
    let names: Vec<String> = files.iter().filter(|f| f.extension == "exr").map(|f| f.file_name(7)).collect();
    assert_eq!(names, ["depth_00007.exr", "flow_forward_00007.exr", "flow_backward_00007.exr", "coord_00007.exr"]);
}

#[test]
fn what_is_not_there_is_not_written_and_what_is_short_is_refused() {
    let few = Passes { object_id: vec![1; 6], ..Passes::default() };
    assert_eq!(pass_files(SIZE, &few, PassFormat::Png).expect("writes").len(), 1);
    let short = Passes { depth: vec![1.0; 5], ..Passes::default() };
    for format in [PassFormat::Png, PassFormat::Exr] {
        assert!(pass_files(SIZE, &short, format).is_err());
    }
}
