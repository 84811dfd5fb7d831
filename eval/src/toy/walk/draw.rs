//! The pictures of a toy walk.

use crate::Frame;
use crate::toy::{HEIGHT, WIDTH};

use super::rays::{Column, Hit};
use super::{Look, PLAN, SKIRTING, Stroll};

impl Stroll {
    /// All frames.
    #[must_use]
    pub fn draw(&self) -> Vec<Frame> {
        (0..self.poses.len()).map(|f| self.draw_frame(f)).collect()
    }

    /// A frame, with soft edges and grain.
    #[must_use]
    pub fn draw_frame(&self, frame: usize) -> Frame {
        let (width, height) = (WIDTH as usize, HEIGHT as usize);
        let eye = self.poses[frame].at;
        let columns: Vec<Column> = (0..width).map(|x| self.column(frame, x as f32 + 0.5)).collect();
        let halves: Vec<Column> = (0..2 * width).map(|x| self.column(frame, 0.5 * x as f32 + 0.25)).collect();
        let color = |column: &Column, y: f32| self.color(eye, &self.hit(frame, column, y));
        let middles: Vec<[f32; 3]> =
            (0..width * height).map(|at| color(&columns[at % width], (at / width) as f32 + 0.5)).collect();
        let mut state = 977 * (frame as u32 + 1) + self.seed * 7919;
        let mut rgb = Vec::with_capacity(3 * width * height);
        for (at, middle) in middles.iter().enumerate() {
            let (x, y) = (at % width, at / width);
            let near = [
                at.saturating_sub(1),
                (at + 1).min(middles.len() - 1),
                at.saturating_sub(width),
                (at + width).min(middles.len() - 1),
            ];
            // Edges are sampled more finely.
            let is_edge = near.iter().any(|&n| (0..3).map(|c| (middles[n][c] - middle[c]).abs()).sum::<f32>() > 12.0);
            let value = if is_edge {
                let four = [(0, 0.25), (0, 0.75), (1, 0.25), (1, 0.75)].map(|(i, v)| color(&halves[2 * x + i], y as f32 + v));
                [0, 1, 2].map(|c| four.iter().map(|f| f[c]).sum::<f32>() * 0.25)
            } else {
                *middle
            };
            for v in value {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                rgb.push((v + (((state >> 16) & 15) as f32 - 7.5) * 0.6).clamp(0.0, 255.0) as u8);
            }
        }
        let mut frame = Frame { width: WIDTH, height: HEIGHT, rgb };
        if self.plan {
            lay_plan(&mut frame);
        }
        frame
    }

    fn color(&self, eye: [f32; 2], hit: &Hit) -> [f32; 3] {
        let [x, y, z] = hit.at;
        let body = hit.body.map(|b| &self.bodies[b]);
        let away = [x - eye[0], y - eye[1]].map(|v| v * v).iter().sum::<f32>().sqrt();
        // Lamps in a row, and dusk in corners.
        let lamp = 0.86 + 0.10 * libm::sinf(1.3 * x + 0.4) * libm::cosf(1.1 * y) + 0.02 * z;
        // Surfaces lie inside cells, not between two.
        let grain = |scale: f32, salt: i32| noise([x, y, z].map(|v| (v + 0.0137) * scale), salt + self.seed as i32);
        let tinted = |c: [f32; 3], light: f32| [0, 1, 2].map(|k| c[k] * light);
        match body {
            None if hit.t >= 60.0 => [150.0 + 0.4 * z, 178.0 + 0.3 * z, 212.0],
            None if z > 1.0 => tinted([226.0, 225.0, 220.0], lamp * (1.0 - 0.02 * grain(3.0, 5))),
            None => {
                // What is finer than a pixel is not seen.
                let (near, fine) = ((3.0 / hit.t).min(1.0), (1.6 / hit.t).min(1.0));
                let board = (y / 0.14).floor();
                let piece = ((x + board * 0.37) / 0.9).floor();
                let tone = 0.95 + 0.22 * near * (noise([board, piece, 0.0], 11 + self.seed as i32) - 0.5);
                let seam = if (y / 0.14 - board) < 0.06 { 1.0 - 0.25 * fine * fine } else { 1.0 };
                tinted([146.0, 138.0, 128.0], lamp * tone * seam * (0.96 + 0.06 * fine * fine * grain(20.0, 2)))
            }
            Some(body) => {
                let round = if body.round { 0.8 + 0.25 * libm::sinf(3.0 * (x + y)) } else { 1.0 };
                let upright = if hit.flat {
                    1.08
                } else if (x - body.min[0]).abs() < 1e-3 || (x - body.max[0]).abs() < 1e-3 {
                    0.86
                } else {
                    1.0
                };
                let light = lamp * upright * round * (1.0 - 0.006 * away);
                match body.look {
                    Look::Paint(color) => tinted(color.map(f32::from), light * (0.97 + 0.06 * grain(9.0, 3))),
                    Look::Wall if hit.flat => tinted([196.0, 190.0, 180.0], light),
                    Look::Wall if z < SKIRTING => tinted([92.0, 80.0, 70.0], light),
                    Look::Wall => {
                        let along = x + y;
                        let frame = (along / 1.7).floor();
                        let (u, v) = (along - 1.7 * frame - 0.85, z - 1.45 - 0.2 * noise([frame, 0.0, 0.0], 7));
                        let half = [0.18 + 0.2 * noise([frame, 1.0, 0.0], 7), 0.16 + 0.16 * noise([frame, 2.0, 0.0], 7)];
                        let hung = noise([frame, 3.0, 0.0], 7 + self.seed as i32) > 0.35;
                        if hung && u.abs() < half[0] && v.abs() < half[1] {
                            let rim = u.abs() > half[0] - 0.03 || v.abs() > half[1] - 0.03;
                            let tone = 90.0 + 110.0 * noise([frame, (9.0 * u).floor(), (9.0 * v).floor()], 9);
                            return if rim {
                                tinted([60.0, 50.0, 42.0], light)
                            } else {
                                tinted([tone, tone * 0.96, tone * 0.9], light)
                            };
                        }
                        let (near, fine) = ((5.0 / hit.t).min(1.0), (1.6 / hit.t).min(1.0));
                        let plaster = 0.96 + 0.08 * near * (grain(6.0, 1) - 0.5) + 0.05 * fine * fine * (grain(25.0, 4) - 0.5);
                        let base = [204.0, 200.0, 190.0];
                        tinted([0, 1, 2].map(|k| base[k] * self.tint[k]), light * plaster)
                    }
                }
            }
        }
    }
}

/// 0 to 1, one for each cell of a metre.
fn noise(p: [f32; 3], salt: i32) -> f32 {
    let [x, y, z] = p.map(|v| v.floor() as i32);
    let mut mixed =
        (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663) ^ z.wrapping_mul(83_492_791) ^ salt.wrapping_mul(2_654_435))
            as u32;
    mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0x5bd1_e995);
    ((mixed ^ (mixed >> 15)) & 0xffff) as f32 / 65535.0
}

fn lay_plan(frame: &mut Frame) {
    for y in PLAN[1] as usize..PLAN[3] as usize {
        for x in PLAN[0] as usize..PLAN[2] as usize {
            let (u, v) = (x - PLAN[0] as usize, y - PLAN[1] as usize);
            let stroke = u < 4
                || v < 4
                || u >= 80
                || v >= 80
                || (u / 4 == 9 && v > 30)
                || (v / 4 == 12 && u < 50)
                || (u / 4 == 16 && v < 40);
            let at = 3 * (y * WIDTH as usize + x);
            frame.rgb[at..at + 3].copy_from_slice(if stroke { &[30, 30, 34] } else { &[240, 238, 230] });
        }
    }
}
