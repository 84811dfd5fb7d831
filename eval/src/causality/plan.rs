//! The truth at the size of analysis: which pixel should show which object, in every frame of the ground truth.

use crate::{Footage, ObjectTruth, Silhouette, Surface, Truth, paint};

use super::{CausalityTruth, Family};

/// What a map says where no object stands.
pub(crate) const BACKGROUND: u8 = 0;

/// One object of the plan.
pub(crate) struct Thing {
    pub(crate) name: String,
    pub(crate) surface: Surface,
    /// Its number in the maps: index + 1.
    pub(crate) label: u8,
    /// Projected centre of mass per frame.
    pub(crate) centers: Vec<[f32; 2]>,
    /// Pixels of it that a map shows, per frame.
    pub(crate) visible: Vec<f32>,
    /// Centroid of those pixels, per frame; the projected centre where none is visible.
    pub(crate) centroids: Vec<[f32; 2]>,
    /// Radius of the disc of the same area as the whole outline, per frame.
    pub(crate) radii: Vec<f32>,
}

/// The truth, scaled, sorted and painted.
pub(crate) struct Plan {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Frames of the ground truth.
    pub(crate) frames: usize,
    pub(crate) fps: f32,
    pub(crate) truth: CausalityTruth,
    /// Every object of the truth: ball, gate, targets, whatever else moves.
    pub(crate) things: Vec<Thing>,
    pub(crate) ball: usize,
    pub(crate) gate: usize,
    /// Indices into `things`, in the order of `truth.targets`.
    pub(crate) targets: Vec<usize>,
    /// Distinct maps; `map_of` picks one per frame.
    maps: Vec<Vec<u8>>,
    map_of: Vec<usize>,
    /// Footage pixels per truth pixel.
    pub(crate) scale: f32,
}

impl Plan {
    pub(crate) fn new(truth: &Truth, footage: &Footage) -> Result<Self, String> {
        let task: CausalityTruth = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        let (width, height) = (footage.first_frame.width as usize, footage.first_frame.height as usize);
        let (sx, sy) = (width as f32 / truth.clip.width as f32, height as f32 / truth.clip.height as f32);
        let frames = truth.clip.frames as usize;
        let index = |name: &str| {
            truth
                .objects
                .iter()
                .position(|o| o.name == name)
                .ok_or_else(|| format!("truth.task names `{name}`, which truth.objects lacks"))
        };
        let (ball, gate) = (index(&task.ball)?, index(&task.gate)?);
        let targets = task.targets.iter().map(|t| index(&t.name)).collect::<Result<Vec<_>, _>>()?;
        check(&task, truth)?;
        let mut plan = Self {
            width,
            height,
            frames,
            fps: truth.clip.fps as f32,
            things: Vec::new(),
            ball,
            gate,
            targets,
            maps: Vec::new(),
            map_of: Vec::new(),
            scale: (sx * sy).sqrt(),
            truth: task,
        };
        plan.truth.contact_center = [plan.truth.contact_center[0] * sx, plan.truth.contact_center[1] * sy];
        plan.truth.ball_path_sigma_px *= plan.scale;
        plan.truth.ball_final_tolerance_px *= plan.scale;
        for target in &mut plan.truth.targets {
            target.final_tolerance_px *= plan.scale;
            target.twin_final_center = target.twin_final_center.map(|c| [c[0] * sx, c[1] * sy]);
        }
        plan.paint_maps(truth, (sx, sy));
        Ok(plan)
    }

    /// Which object each pixel should show in a frame of the ground truth.
    pub(crate) fn map(&self, frame: usize) -> &[u8] {
        &self.maps[self.map_of[frame.min(self.frames - 1)]]
    }

    fn paint_maps(&mut self, truth: &Truth, (sx, sy): (f32, f32)) {
        let (width, height) = (self.width, self.height);
        let scaled: Vec<Vec<Silhouette>> = truth.objects.iter().map(|o| scale_track(o, sx, sy)).collect();
        self.things = truth
            .objects
            .iter()
            .enumerate()
            .map(|(i, object)| Thing {
                name: object.name.clone(),
                surface: object.surface,
                label: i as u8 + 1,
                centers: Vec::with_capacity(self.frames),
                visible: Vec::with_capacity(self.frames),
                centroids: Vec::with_capacity(self.frames),
                radii: Vec::with_capacity(self.frames),
            })
            .collect();
        let mut previous: Option<Vec<usize>> = None;
        for frame in 0..self.frames as u32 {
            let entries: Vec<usize> = truth.objects.iter().map(|o| o.track.partition_point(|s| s.frame <= frame) - 1).collect();
            if previous.as_ref() == Some(&entries) {
                // Nothing moved: the frame shows what the one before it shows.
                self.map_of.push(self.maps.len() - 1);
                for thing in &mut self.things {
                    for_last(thing);
                }
                continue;
            }
            let shapes = entries.iter().zip(&scaled).enumerate();
            let map =
                paint(width, height, shapes.map(|(i, (&e, track))| (i as u8 + 1, track[e].depth, track[e].outline.as_slice())));
            let (mut counts, mut sums) = (vec![0_u32; self.things.len()], vec![[0_u64; 2]; self.things.len()]);
            for (at, &label) in map.iter().enumerate().filter(|(_, l)| **l != BACKGROUND) {
                let i = usize::from(label) - 1;
                counts[i] += 1;
                sums[i][0] += (at % width) as u64;
                sums[i][1] += (at / width) as u64;
            }
            for (i, thing) in self.things.iter_mut().enumerate() {
                let silhouette = &scaled[i][entries[i]];
                let shown = counts[i] as f32;
                thing.centers.push(silhouette.center);
                // What scenery hides is known to the truth only, as a count.
                thing.visible.push(shown.min(silhouette.visible_px));
                thing.centroids.push(if counts[i] == 0 {
                    silhouette.center
                } else {
                    [sums[i][0] as f32 / shown + 0.5, sums[i][1] as f32 / shown + 0.5]
                });
                thing.radii.push((area(&silhouette.outline) / std::f32::consts::PI).sqrt());
            }
            self.maps.push(map);
            self.map_of.push(self.maps.len() - 1);
            previous = Some(entries);
        }
    }

    /// Pixels that any object covers in any frame.
    pub(crate) fn ever_covered(&self) -> Vec<bool> {
        let mut covered = vec![false; self.width * self.height];
        for map in &self.maps {
            for (c, &label) in covered.iter_mut().zip(map) {
                *c |= label != BACKGROUND;
            }
        }
        covered
    }
}

fn for_last(thing: &mut Thing) {
    fn again<T: Copy>(v: &mut Vec<T>) {
        if let Some(&last) = v.last() {
            v.push(last);
        }
    }
    again(&mut thing.centers);
    again(&mut thing.visible);
    again(&mut thing.centroids);
    again(&mut thing.radii);
}

fn scale_track(object: &ObjectTruth, sx: f32, sy: f32) -> Vec<Silhouette> {
    object
        .track
        .iter()
        .map(|s| Silhouette {
            frame: s.frame,
            center: [s.center[0] * sx, s.center[1] * sy],
            depth: s.depth,
            outline: s.outline.iter().map(|p| [p[0] * sx, p[1] * sy]).collect(),
            visible_px: s.visible_px * sx * sy,
        })
        .collect()
}

/// The shoelace formula.
fn area(outline: &[[f32; 2]]) -> f32 {
    let twice: f32 = (0..outline.len())
        .map(|i| {
            let (a, b) = (outline[i], outline[(i + 1) % outline.len()]);
            a[0] * b[1] - b[0] * a[1]
        })
        .sum();
    twice.abs() / 2.0
}

fn check(task: &CausalityTruth, truth: &Truth) -> Result<(), String> {
    let frames = truth.clip.frames;
    if task.targets.is_empty() || (task.family == Family::Pair && task.targets.len() != 2) {
        return Err(format!("truth.task.targets has {} entries", task.targets.len()));
    }
    for (name, value) in [("release", task.release_frame), ("contact", task.contact_frame), ("settle", task.settle_frame)] {
        if value > frames {
            return Err(format!("truth.task.{name}_frame is {value}, but the clip has {frames} frames"));
        }
    }
    if task.contact_frame < 2 || task.release_frame >= task.contact_frame || task.contact_frame > task.settle_frame {
        return Err(format!(
            "truth.task: release at {}, contact at {}, settled at {} is no order of events",
            task.release_frame, task.contact_frame, task.settle_frame
        ));
    }
    let mut lengths =
        vec![("ball_path_sigma_px", task.ball_path_sigma_px), ("ball_final_tolerance_px", task.ball_final_tolerance_px)];
    lengths.extend(task.targets.iter().map(|t| ("targets.final_tolerance_px", t.final_tolerance_px)));
    lengths.extend(task.contact_center.iter().map(|&c| ("contact_center", c.abs())));
    lengths.extend(
        task.targets.iter().filter_map(|t| t.twin_final_center).flatten().map(|c| ("targets.twin_final_center", c.abs())),
    );
    for (name, value) in lengths {
        if !(0.0..1e6).contains(&value) {
            return Err(format!("truth.task.{name} is {value}"));
        }
    }
    Ok(())
}

/// The pixels of `map` that carry `label` and whose four neighbours do too.
pub(crate) fn core_of(map: &[u8], width: usize, label: u8) -> Vec<usize> {
    let height = map.len() / width;
    let mut found = Vec::new();
    for y in 1..height.saturating_sub(1) {
        for at in y * width + 1..(y + 1) * width - 1 {
            if map[at] == label && [at - 1, at + 1, at - width, at + width].iter().all(|&n| map[n] == label) {
                found.push(at);
            }
        }
    }
    found
}

/// Sets every pixel within `reach` (in the maximum norm) of a set one.
pub(crate) fn dilate(mask: &mut [bool], width: usize, reach: usize) {
    let height = mask.len() / width;
    // Along rows, then along columns.
    let source = mask.to_vec();
    for y in 0..height {
        let row = &source[y * width..(y + 1) * width];
        for x in 0..width {
            mask[y * width + x] = row[x.saturating_sub(reach)..(x + reach + 1).min(width)].contains(&true);
        }
    }
    let source = mask.to_vec();
    for y in 0..height {
        for x in 0..width {
            mask[y * width + x] = (y.saturating_sub(reach)..(y + reach + 1).min(height)).any(|r| source[r * width + x]);
        }
    }
}
