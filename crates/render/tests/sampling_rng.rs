//! The Sobol points of `rng.wgsl`: equal to their CPU twin to the bit, and stratified.

mod gpu;

const KERNEL: &str = include_str!("kernels/rng.wgsl");

/// The CPU twin, straight from the papers: generator matrices column by column, scrambles bit by bit reversed.
mod twin {
    pub(super) struct Sampler {
        pub(super) seed: u32,
        pub(super) index: u32,
        pub(super) dim: u32,
    }

    impl Sampler {
        /// Sample `index` of `samples` in a pixel: those of a tile of 256 x 256 follow each other along a Z-curve.
        pub(super) fn new(pixel: [u32; 2], index: u32, samples: u32, seed: u32) -> Self {
            let place: u32 = (0..8).map(|bit| (pixel[0] >> bit & 1) << (2 * bit) | (pixel[1] >> bit & 1) << (2 * bit + 1)).sum();
            let [x, y] = pixel.map(|p| p / 256);
            Self { seed: hash(x ^ hash(y ^ hash(seed))), index: place * samples.next_power_of_two() + index, dim: 0 }
        }

        pub(super) fn draw_2d(&mut self) -> [f32; 2] {
            let (i, h) = self.shuffled();
            [owen(sobol(0, i), hash(h)), owen(sobol(1, i), hash(h ^ 0x5555_5555))].map(fraction)
        }

        pub(super) fn draw_1d(&mut self) -> f32 {
            let (i, h) = self.shuffled();
            fraction(owen(sobol(0, i), hash(h)))
        }

        fn shuffled(&mut self) -> (u32, u32) {
            let h = hash(self.seed.wrapping_add(self.dim.wrapping_mul(0x9e37_79b9)));
            self.dim += 1;
            (owen(self.index, h), h)
        }
    }

    /// Sobol's first two dimensions by their direction numbers: v(k) = 2^(31-k), and v(k) = v(k-1) ^ v(k-1) >> 1.
    pub(super) fn sobol(dimension: u32, index: u32) -> u32 {
        let mut direction = 1_u32 << 31;
        let mut point = 0;
        for bit in 0..32 {
            if index >> bit & 1 == 1 {
                point ^= direction;
            }
            direction = if dimension == 0 { direction >> 1 } else { direction ^ direction >> 1 };
        }
        point
    }

    fn owen(point: u32, seed: u32) -> u32 {
        let mut x = point.reverse_bits();
        x ^= x.wrapping_mul(0x3d20_adea);
        x = x.wrapping_add(seed);
        x = x.wrapping_mul(seed >> 16 | 1);
        x ^= x.wrapping_mul(0x0552_6c56);
        x ^= x.wrapping_mul(0x53a2_2864);
        x.reverse_bits()
    }

    fn hash(mut x: u32) -> u32 {
        x ^= x >> 16;
        x = x.wrapping_mul(0x7feb_352d);
        x ^= x >> 15;
        x = x.wrapping_mul(0x846c_a68b);
        x ^ x >> 16
    }

    fn fraction(x: u32) -> f32 {
        (x >> 8) as f32 / 16_777_216.0
    }
}

/// The twin's points before scrambling are those that Joe and Kuo's program prints for the first two dimensions of
/// `new-joe-kuo-6.21201` (<https://web.maths.unsw.edu.au/~fkuo/sobol/>), which goes through them in the order of Gray's code.
#[test]
fn the_twin_draws_the_published_points() {
    let published = [
        [0.0, 0.0],
        [0.5, 0.5],
        [0.75, 0.25],
        [0.25, 0.75],
        [0.375, 0.375],
        [0.875, 0.875],
        [0.625, 0.125],
        [0.125, 0.625],
        [0.1875, 0.3125],
        [0.6875, 0.8125],
    ];
    for (n, point) in (0u32..).zip(published) {
        let drawn = [0, 1].map(|dimension| f64::from(twin::sobol(dimension, n ^ n >> 1)) / 4_294_967_296.0);
        assert_eq!(drawn, point, "point {n}");
    }
}

const PIXELS: usize = 64;
const PAIRS: usize = 5;
const PER_SAMPLE: usize = 2 * PAIRS + 1;

/// Draws on the GPU: `[pixel][sample][dimension]`.
fn draw(seed: u32, samples: usize) -> Vec<f32> {
    let settings = [seed, samples as u32, PAIRS as u32];
    let words = gpu::gpu().run_words(KERNEL, &[], &gpu::Scene::default(), &settings, PIXELS * samples * PER_SAMPLE, 1);
    words.into_iter().map(f32::from_bits).collect()
}

#[test]
fn gpu_and_cpu_agree_to_the_bit() {
    for seed in [0, 1, 0xdead_beef] {
        let samples = 33;
        let points = draw(seed, samples);
        for pixel in 0..PIXELS {
            for i in 0..samples {
                let mut sampler = twin::Sampler::new([pixel as u32 & 7, pixel as u32 >> 3], i as u32, samples as u32, seed);
                let mut expected = Vec::new();
                for _ in 0..PAIRS {
                    expected.extend(sampler.draw_2d());
                }
                expected.push(sampler.draw_1d());
                let at = (pixel * samples + i) * PER_SAMPLE;
                assert_eq!(&points[at..at + PER_SAMPLE], expected, "pixel {pixel}, sample {i}, seed {seed}");
            }
        }
    }
}

/// Whether every elementary interval of area 1/64 holds exactly one of 64 points: the (0, 6, 2)-net property.
fn assert_net(points: &[[f32; 2]], whose: &str) {
    for log_x in 0..=6 {
        let (across, up) = (1 << log_x, 64 >> log_x);
        let mut hits = [0; 64];
        for [x, y] in points {
            hits[(y * up as f32) as usize * across + (x * across as f32) as usize] += 1;
        }
        assert_eq!(hits, [1; 64], "{whose}, {across} by {up} cells");
    }
}

/// Each pixel's samples on their own, and those of neighbours together.
#[test]
fn samples_are_stratified() {
    for (samples, [width, height]) in [(64, [1, 1]), (32, [2, 1]), (16, [2, 2]), (4, [4, 4]), (1, [8, 8])] {
        let points = draw(7, samples);
        for first in (0..PIXELS).filter(|p| (p & 7).is_multiple_of(width) && (p >> 3).is_multiple_of(height)) {
            let pixels = (0..width * height).map(|i| first + i % width + 8 * (i / width));
            let rows: Vec<&[f32]> =
                pixels.flat_map(|p| points[p * samples * PER_SAMPLE..][..samples * PER_SAMPLE].chunks(PER_SAMPLE)).collect();
            for pair in 0..PAIRS {
                let all: Vec<[f32; 2]> = rows.iter().map(|row| [row[2 * pair], row[2 * pair + 1]]).collect();
                assert_net(&all, &format!("{width} x {height} pixels from {first}, pair {pair}"));
            }
        }
    }
}

/// Dimensions do not know of each other: over 64 pixels of 64 samples, no two dimensions correlate. Each coefficient
/// has a standard deviation of at most 1/64 (stratification makes it smaller); 5 of those in 55 pairs: false alarm below 4e-5.
#[test]
fn dimensions_are_independent() {
    let samples = 64;
    let points = draw(3, samples);
    let rows: Vec<&[f32]> = points.chunks(PER_SAMPLE).collect();
    for a in 0..PER_SAMPLE {
        for b in 0..a {
            let sum: f64 = rows.iter().map(|r| (f64::from(r[a]) - 0.5) * (f64::from(r[b]) - 0.5)).sum();
            let correlation = sum / rows.len() as f64 * 12.0;
            assert!(correlation.abs() < 5.0 / 64.0, "dimensions {a} and {b}: {correlation}");
        }
    }
}
