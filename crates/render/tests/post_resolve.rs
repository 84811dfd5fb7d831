//! Sums become means, and the difference of two halves tells how noisy they are.

mod gpu;
mod statistics;

use gpu::{Gpu, Scene, bits, frame_params, gpu};
use statistics::uniforms;
use wgpu::util::DeviceExt as _;

const W: usize = 5;
const H: usize = 3;

/// Sums of a pixel: radiance with the luminance of the first half, albedo with its count, normal with distance.
type Sums = [f32; 12];

/// Radiance with the variance of its luminance, albedo and normal with distance, of all pixels.
fn resolve(
    samples: u32,
    powers: &[f32],
    [still, moving]: [&[Sums]; 2],
    groups: Option<&[[f32; 12]]>,
    change: &dyn Fn(&mut String),
) -> [Vec<f32>; 3] {
    let defines: &[&str] = if groups.is_some() { &["LIGHT_GROUPS"] } else { &[] };
    let mut composed = raytruth_shaders::compose("resolve", defines).unwrap_or_else(|e| panic!("{e}"));
    change(&mut composed.source);
    let Gpu { device, queue, .. } = gpu();
    let source = wgpu::ShaderSource::Wgsl(composed.source.into());
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor { label: None, source });
    let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
        label: None,
        layout: None,
        module: &module,
        entry_point: Some("main"),
        compilation_options: wgpu::PipelineCompilationOptions::default(),
        cache: None,
    });
    let frame = frame_params(&[("size", &[W as u32, H as u32]), ("samples", &[samples]), ("powers", &bits(powers))]);
    let filled =
        |contents: &[u8], usage| device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: None, contents, usage });
    let storage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC;
    let mut buffers = vec![
        (0, filled(&frame, wgpu::BufferUsages::UNIFORM)),
        (2, filled(bytemuck::cast_slice(still), storage)),
        (3, filled(bytemuck::cast_slice(moving), storage)),
    ];
    buffers.extend((4..7).map(|binding| (binding, filled(&[0; 16 * W * H], storage))));
    buffers.extend(groups.map(|g| (7, filled(bytemuck::cast_slice(g), storage))));
    let entries: Vec<_> = buffers
        .iter()
        .map(|(binding, buffer)| wgpu::BindGroupEntry { binding: *binding, resource: buffer.as_entire_binding() })
        .collect();
    let layout = pipeline.get_bind_group_layout(0);
    let group = device.create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout: &layout, entries: &entries });
    let back = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: 3 * 16 * (W * H) as u64,
        usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(&pipeline);
        pass.set_bind_group(0, &group, &[]);
        pass.dispatch_workgroups(1, 1, 1);
    }
    for (i, (_, buffer)) in buffers[3..6].iter().enumerate() {
        encoder.copy_buffer_to_buffer(buffer, 0, &back, (i * 16 * W * H) as u64, Some(16 * (W * H) as u64));
    }
    queue.submit([encoder.finish()]);
    back.slice(..).map_async(wgpu::MapMode::Read, |result| result.expect("the buffer maps"));
    device.poll(wgpu::PollType::wait_indefinitely()).expect("the device answers");
    let all: Vec<f32> = bytemuck::cast_slice(&back.slice(..).get_mapped_range().expect("it is mapped")).to_vec();
    let part = |i: usize| all[i * 4 * W * H..(i + 1) * 4 * W * H].to_vec();
    [part(0), part(1), part(2)]
}

fn numbers(count: usize, seed: u64) -> Vec<[f32; 12]> {
    let all: Vec<f32> = uniforms(6 * count, seed).flatten().collect();
    all.as_chunks().0.to_vec()
}

fn luminance(c: &[f64]) -> f64 {
    0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]
}

/// Of `samples` paths, how many are of the first half: turns of 8, or of as many as are half of the largest power of two within.
fn first_half(samples: u32) -> u32 {
    let turn = (samples.next_power_of_two() / if samples.is_power_of_two() { 2 } else { 4 }).clamp(1, 8);
    (0..samples).filter(|i| (i / turn).is_multiple_of(2)).count() as u32
}

/// Against what is said of each number, in `f64`.
fn means(change: &dyn Fn(&mut String)) -> Result<(), String> {
    for (samples, with_groups) in [(1, false), (7, false), (8, true), (50, true), (100, false)] {
        let [mut still, mut moving] = [1, 2].map(|seed| numbers(W * H, seed));
        // One pixel of which no path says anything to the denoiser, and one of which only few do.
        for sums in [&mut still, &mut moving] {
            sums[2][4..].fill(0.0);
            sums[3][7] = 0.25;
        }
        let groups = numbers(W * H, 3);
        let powers = [1.0, 0.5, 0.25, 0.75];
        let got = resolve(samples, &powers, [&still, &moving], with_groups.then_some(&groups), change);
        for i in 0..W * H {
            let mut sum: Vec<f64> = (0..12).map(|k| f64::from(still[i][k]) + f64::from(moving[i][k])).collect();
            if with_groups {
                for (k, sum) in sum.iter_mut().take(4).enumerate() {
                    *sum += (0..3).map(|g| f64::from(powers[g + 1]) * f64::from(groups[i][4 * g + k])).sum::<f64>();
                }
            }
            let n = f64::from(samples);
            let first = f64::from(first_half(samples));
            let second = n - first;
            // Half of the difference between the means of the two halves.
            let apart = if second > 0.0 { 0.5 * (sum[3] / first - (luminance(&sum) - sum[3]) / second) } else { f64::NAN };
            let says = sum[7] > 0.0;
            let of = sum[7].max(1.0);
            let radiance = [sum[0] / n, sum[1] / n, sum[2] / n, apart * apart];
            let albedo = if says { [sum[4] / of, sum[5] / of, sum[6] / of, sum[7] / of] } else { [1.0, 1.0, 1.0, 0.0] };
            let normal = [8, 9, 10, 11].map(|k| sum[k] / of);
            for (what, (got, expected)) in got.iter().zip([radiance, albedo, normal]).enumerate() {
                for k in 0..4 {
                    let got = f64::from(got[4 * i + k]);
                    if !expected[k].is_nan() && (got - expected[k]).abs() > 1e-5 * expected[k].abs() + 1e-6 {
                        return Err(format!("{samples} samples, pixel {i}: number {k} of {what} is {got}, not {}", expected[k]));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Where all paths bring the same there is no noise, however many they are.
fn no_noise(change: &dyn Fn(&mut String)) -> Result<(), String> {
    for samples in (1..70).chain([256, 1000]) {
        let n = samples as f32;
        let half = first_half(samples) as f32;
        let sums = vec![[n, n, n, half, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]; W * H];
        let got = resolve(samples, &[1.0], [&sums, &vec![[0.0; 12]; W * H]], None, change);
        if got[0].chunks_exact(4).any(|c| c[3] > 1e-9 || (c[0] - 1.0).abs() > 1e-6) {
            return Err(format!("{samples} samples: {:?}", &got[0][..4]));
        }
    }
    Ok(())
}

#[test]
fn sums_become_means() {
    means(&|_| ()).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn what_is_the_same_in_all_paths_is_no_noise() {
    no_noise(&|_| ()).unwrap_or_else(|e| panic!("{e}"));
}

/// The kernel counts as many paths in the first half as it puts there.
#[test]
fn the_first_half_has_as_many_paths_as_it_should() {
    let kernel = "
#import pixel_sums
@group(1) @binding(0) var<storage, read> most: array<u32>;
@group(1) @binding(1) var<storage, read_write> results: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let samples = id.x + 1u;
    if samples > most[0] {
        return;
    }
    var count = 0u;
    for (var i = 0u; i < samples; i += 1u) {
        count += u32(in_first_half(i, samples));
    }
    results[2u * id.x] = count;
    results[2u * id.x + 1u] = first_half(samples);
}
";
    let got = gpu().run_words(kernel, &[], &Scene::default(), &[300, 0, 0, 0], 600, 5);
    for (samples, counts) in (1..).zip(got.chunks_exact(2)) {
        assert_eq!(counts, [first_half(samples); 2], "{samples} samples");
        assert!(samples < 2 || 2 * counts[0] >= samples && counts[0] < samples, "{samples} samples: {} of them", counts[0]);
    }
}

type Check = fn(&dyn Fn(&mut String)) -> Result<(), String>;

#[rustfmt::skip]
const FAULTS: &[(Check, &str, &str)] = &[
    (means, "let apart = 0.5 * n *", "let apart = n *"),
    (means, "(sum.radiance.w / first - y)", "(sum.radiance.w / first)"),
    (means, "/ max(n - first, 1.0)", "/ n"),
    (means, "add(still, dynamic_sums[index])", "add(dynamic_sums[index], dynamic_sums[index])"),
    (means, "max(sum.albedo.w, 1.0)", "n"),
    (means, "vec4f(1.0, 1.0, 1.0, 0.0)", "vec4f(0.0)"),
    (means, "light_power(g) * static_groups", "static_groups"),
    (means, "g <= 3u", "g < 3u"),
    (no_noise, "min(rest, turn)", "rest / 2u"),
    (no_noise, "(samples - rest) / 2u + ", "samples / 2u + 0u * "),
];

#[test]
fn faults_in_means_are_found() {
    let survivors: Vec<&str> = FAULTS
        .iter()
        .filter(|(check, from, to)| {
            let found = std::cell::Cell::new(false);
            let seen = check(&|source| {
                found.set(found.get() || source.contains(from));
                *source = source.replace(from, to);
            });
            assert!(found.get(), "the shader does not say `{from}` any more");
            seen.is_ok()
        })
        .map(|fault| fault.2)
        .collect();
    assert_eq!(survivors, [""; 0], "nobody sees these");
}
