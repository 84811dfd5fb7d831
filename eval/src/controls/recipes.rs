//! The controls that pixels can make, for every task.

use super::cameras::{from_aside, seen_by, wave};
use super::changes::{
    blend, blended_to, changed, coded, cross_fade, each, made, map, only, pick, resampled, retimed, shuffled, trailing,
};
use super::pixels::{blocks, blur, gain, gamma, gauss, half_colour, mirror, moved, pad, resize, scaled, shake, upside_down};
use super::{Codec, Control, Kind, Made, Source};

/// Versions that are wrong.
pub(super) fn wrong() -> Vec<Control> {
    vec![
        Control::pixels("frozen_first_frame", Kind::Trivial, "the first frame all along", |s| pick(s, |_, _| 0)),
        Control::pixels("frozen_final_frame", Kind::Trivial, "the final frame all along", |s| pick(s, |_, n| n - 1)),
        Control::pixels("noise", Kind::Trivial, "random pixels", |s| map(s, |_, _, _, random| (random & 255) as u8)),
        Control::pixels("shuffled", Kind::Trivial, "the frames in random order", |s| Some(made(s, shuffled(s.frames, 0)))),
        Control::pixels("shuffled_after_first", Kind::Trivial, "the first frame, then the others in random order", |s| {
            Some(made(s, shuffled(s.frames, 1)))
        }),
        Control::pixels("cross_fade", Kind::Wrong, "the first frame fades into the final one", |s| {
            Some(made(s, cross_fade(s.frames)))
        }),
        Control::pixels("hard_cut_to_final", Kind::Wrong, "the first frame, and from the middle on the final one", |s| {
            pick(s, |i, n| if i < n / 2 { 0 } else { n - 1 })
        }),
        Control::pixels("reversed", Kind::Wrong, "backwards", |s| pick(s, |i, n| n - 1 - i)),
        Control::pixels("reversed_after_first", Kind::Wrong, "the first frame, then backwards", |s| {
            pick(s, |i, n| if i == 0 { 0 } else { n - i })
        }),
        Control::pixels("other_sample", Kind::Wrong, "another sample's ground truth", |s| {
            s.other.map(|frames| made(s, frames.to_vec()))
        }),
        Control::pixels("other_sample_after_first", Kind::Wrong, "the first frame, then another sample's ground truth", |s| {
            let other = s.other?;
            let same = other.first().is_some_and(|o| (o.width, o.height) == (s.frames[0].width, s.frames[0].height));
            same.then(|| made(s, s.frames[..1].iter().chain(&other[1..]).cloned().collect()))
        }),
        Control::pixels("frozen_before_event", Kind::Wrong, "stops before the event", |s| {
            let split = s.split();
            pick(s, |i, _| i.min(split))
        }),
        Control::pixels("frozen_at_event", Kind::Wrong, "stops at the event", |s| {
            // A thirtieth of a second on: at few frames a second that is the event's own frame.
            let (stop, last) = ((s.event() + (s.fps / 30.0) as usize).min(s.frames.len() - 1), s.frames.len() - 1);
            // If next to nothing happens after the contact, stopping there is no mistake.
            if changed(s, stop, last) < 0.004 { None } else { pick(s, |i, _| i.min(stop)) }
        }),
        Control::pixels("runs_back_and_on_again", Kind::Wrong, "runs on after the event, back, and on again", |s| {
            let (from, to) = (s.event() + s.frames_in(0.4), s.split());
            // If little has changed by then, little comes back.
            if from >= s.frames.len() || changed(s, to, from) < 0.012 {
                return None;
            }
            let order = (0..from).chain((to..=from).rev()).chain(to..s.frames.len());
            Some(made(s, order.map(|i| s.frames[i].clone()).collect()))
        }),
        Control::pixels("jumps_to_the_event", Kind::Wrong, "the first frame, then right at the event", |s| {
            let event = s.event();
            if something_leads_there(s) { pick(s, |i, _| if i + 1 < event { 0 } else { i }) } else { None }
        }),
        Control::pixels("outcome_without_approach", Kind::Wrong, "the first frame, then what follows the event", |s| {
            let event = s.event();
            if something_leads_there(s) { pick(s, |i, n| if i == 0 { 0 } else { (event + i).min(n - 1) }) } else { None }
        }),
        Control::pixels("skips_part_of_the_approach", Kind::Wrong, "leaves out the middle of what leads to the event", |s| {
            // What stands still before can be left out.
            let start = (1..s.event()).find(|&i| changed(s, 0, i) > STANDS)?;
            let way = s.event() - start;
            // A shorter way leaves nothing to skip but single frames.
            if way < s.frames_in(0.5) {
                return None;
            }
            pick(s, |i, _| if i < start + way * 3 / 4 { i.min(start + way / 4) } else { i })
        }),
        Control::pixels(
            "approach_then_dissolve_to_final",
            Kind::Wrong,
            "right until after the event, then a dissolve to the end",
            |s| {
                let (from, n, takes) = (s.event() + s.frames_in(0.067), s.frames.len(), s.frames_in(0.4));
                // If little is left to happen, a dissolve of it shows nothing wrong.
                if from + takes >= n || changed(s, from, n - 1) < 0.006 {
                    return None;
                }
                let dissolve =
                    (1..n - from).map(|i| blend(&s.frames[from], &s.frames[n - 1], (i.min(takes) as u32, takes as u32)));
                Some(made(s, s.frames[..=from].iter().cloned().chain(dissolve).collect()))
            },
        ),
        Control::pixels("approach_then_cut_to_final", Kind::Wrong, "right until before the event, then the final frame", |s| {
            let (split, last) = (s.split(), s.frames.len() - 1);
            // If nothing is left to happen after the event, as when the light comes on again, the final frame is what follows.
            if changed(s, s.event(), last) < 0.004 {
                return None;
            }
            pick(s, |i, n| if i < split { i } else { n - 1 })
        }),
        Control::pixels("cut_at_half", Kind::Wrong, "the first half", |s| {
            let half = s.frames.len().div_ceil(2);
            // A clip may end once all is at rest.
            if changed(s, half - 1, s.frames.len() - 1) < 0.008 {
                return None;
            }
            Some(made(s, s.frames[..half].to_vec()))
        }),
        Control::pixels("mirrored", Kind::Wrong, "left and right exchanged", |s| {
            Some(made(s, s.frames.iter().map(mirror).collect()))
        }),
        Control::pixels("mirrored_after_first", Kind::Wrong, "left and right exchanged but for the first frame", |s| {
            Some(made(s, s.frames.iter().enumerate().map(|(i, f)| if i == 0 { f.clone() } else { mirror(f) }).collect()))
        }),
        Control::pixels("channels_swapped", Kind::Wrong, "red, green and blue exchanged", |s| {
            map(s, |p, c, _, _| p[(c + 1) % 3])
        }),
        Control::pixels("heavy_blur", Kind::Wrong, "blurred by 1.5 % of the width", |s| {
            Some(made(s, s.frames.iter().map(blur).collect()))
        }),
        Control::pixels("upside_down", Kind::Wrong, "upside down", |s| Some(made(s, s.frames.iter().map(upside_down).collect()))),
        Control::pixels("stops_under_way", Kind::Wrong, "stops half a second after the event, while things move", |s| {
            let (stop, last) = (s.event() + s.frames_in(0.47), s.frames.len() - 1);
            // Something must be far from done, and not be done a moment later.
            let later = (stop + s.frames_in(0.2)).min(last);
            if stop + 2 >= last || changed(s, stop, last) < 0.01 || changed(s, later, last) < 0.006 {
                return None;
            }
            pick(s, |i, _| i.min(stop))
        })
        .bounded(700),
        Control::pixels("camera_leaves", Kind::Wrong, "the camera pans by 40 % of the width", |s| {
            each(s, |f, i, n| seen_by(f, 1.0, [0.4 * part(i, n), 0.0], 0.0))
        }),
        Control::pixels("zoomed_24", Kind::Wrong, "the camera zooms by 24 %", |s| {
            each(s, |f, i, n| seen_by(f, 1.0 + 0.24 * part(i, n), [0.0; 2], 0.0))
        }),
        Control::pixels("orbits", Kind::Wrong, "the camera goes around the scene", |s| {
            each(s, |f, i, n| from_aside(f, 0.35 * part(i, n)))
        }),
        Control::pixels("grey", Kind::Wrong, "without colours", |s| {
            map(s, |p, _, _, _| ((u32::from(p[0]) + u32::from(p[1]) + u32::from(p[2])) / 3) as u8)
        }),
    ]
}

/// Versions that are as right as the truth.
pub(super) fn fair() -> Vec<Control> {
    vec![
        Control::pixels("crf_12", Kind::Fair, "H.264, CRF 12", |s| coded(s, Codec::H264 { crf: 12 })),
        Control::pixels("crf_28", Kind::Fair, "H.264, CRF 28", |s| coded(s, Codec::H264 { crf: 28 })),
        Control::pixels("crf_32", Kind::Fair, "H.264, CRF 32", |s| coded(s, Codec::H264 { crf: 32 })),
        Control::pixels("hevc", Kind::Fair, "H.265, CRF 28", |s| coded(s, Codec::Hevc { crf: 28 })),
        Control::pixels("vp9", Kind::Fair, "VP9, quality 34", |s| coded(s, Codec::Vp9 { crf: 34 })),
        Control::pixels("mpeg4", Kind::Fair, "MPEG-4 part 2, quantiser 5", |s| coded(s, Codec::Mpeg4 { quantiser: 5 })),
        Control::pixels("half_size", Kind::Fair, "half the size", |s| Some(made(s, scaled(s.frames, 1, 2)))),
        Control::pixels("three_quarter_size", Kind::Fair, "three quarters of the size", |s| {
            Some(made(s, scaled(s.frames, 3, 4)))
        }),
        Control::pixels("double_size", Kind::Fair, "twice the size", |s| Some(made(s, scaled(s.frames, 2, 1)))),
        Control::pixels("letterbox", Kind::Fair, "bars above and below", |s| {
            Some(made(s, s.frames.iter().map(|f| pad(f, f.width, f.height * 5 / 4 / 2 * 2)).collect()))
        }),
        Control::pixels("pillarbox", Kind::Fair, "bars left and right", |s| {
            Some(made(s, s.frames.iter().map(|f| pad(f, f.width * 5 / 4 / 2 * 2, f.height)).collect()))
        }),
        Control::pixels("square_pad", Kind::Fair, "bars to a square", |s| {
            Some(made(s, s.frames.iter().map(|f| pad(f, f.width.max(f.height), f.width.max(f.height))).collect()))
        }),
        Control::pixels("stretched_to_square", Kind::Fair, "stretched to a square", |s| {
            Some(made(s, s.frames.iter().map(|f| resize(f, 512, 512)).collect()))
        }),
        Control::pixels("fps_8", Kind::Fair, "8 frames a second", |s| resampled(s, 8.0)),
        Control::pixels("fps_12", Kind::Fair, "12 frames a second", |s| resampled(s, 12.0)),
        Control::pixels("fps_16", Kind::Fair, "16 frames a second", |s| resampled(s, 16.0)),
        Control::pixels("fps_24", Kind::Fair, "24 frames a second", |s| resampled(s, 24.0)),
        Control::pixels("fps_30", Kind::Fair, "30 frames a second", |s| resampled(s, 30.0)),
        Control::pixels("noise_sigma_4", Kind::Fair, "noise of 4 steps", |s| {
            map(s, |p, c, _, random| (i32::from(p[c]) + gauss(random, 4)).clamp(0, 255) as u8)
        }),
        Control::pixels("gamma_0_95", Kind::Fair, "gamma 0.95", |s| map(s, |p, c, _, _| gamma(p[c], 0.95))),
        Control::pixels("gamma_1_05", Kind::Fair, "gamma 1.05", |s| map(s, |p, c, _, _| gamma(p[c], 1.05))),
        Control::pixels("exposure_0_95", Kind::Fair, "5 % darker", |s| map(s, |p, c, _, _| (u32::from(p[c]) * 95 / 100) as u8)),
        Control::pixels("exposure_1_05", Kind::Fair, "5 % brighter", |s| {
            map(s, |p, c, _, _| (u32::from(p[c]) * 105 / 100).min(255) as u8)
        }),
        Control::pixels("stretched_15_slower", Kind::Fair, "15 % slower", |s| Some(retimed(s, 1.15))),
        Control::pixels("stretched_15_faster", Kind::Fair, "15 % faster", |s| Some(retimed(s, 0.85))),
        Control::pixels("shaken", Kind::Fair, "shaken by up to a pixel of 480 in each direction", |s| {
            let reach = (s.frames[0].height / 480).max(1) as i32;
            Some(made(s, s.frames.iter().enumerate().map(|(i, f)| moved(f, shake(i, reach))).collect()))
        }),
        Control::pixels("shaken_2", Kind::Fair, "shaken by up to two pixels of 480", |s| {
            let reach = 2.0 / 480.0;
            each(s, |f, i, _| {
                let [x, y] = shake(i, 100).map(|v| v as f32 / 100.0 * reach);
                seen_by(f, 1.0, [x, y], 0.0)
            })
        })
        .bounded(900),
        Control::pixels("turned_1", Kind::Fair, "the camera turns by a degree", |s| {
            each(s, |f, i, n| seen_by(f, 1.0, [0.0; 2], part(i, n)))
        })
        .bounded(900),
        Control::pixels("zoomed_8", Kind::Fair, "the camera zooms by 8 %", |s| {
            each(s, |f, i, n| seen_by(f, 1.0 + 0.08 * part(i, n), [0.0; 2], 0.0))
        })
        .bounded(900),
        Control::pixels("panned_5", Kind::Fair, "the camera pans by 5 % of the width", |s| {
            each(s, |f, i, n| seen_by(f, 1.0, [0.05 * part(i, n), 0.0], 0.0))
        })
        .bounded(900),
        Control::pixels("breathing_3", Kind::Fair, "the lens breathes by 3 %", |s| {
            each(s, |f, i, _| seen_by(f, 1.0 + 0.03 * wave(i, 18.0), [0.0; 2], 0.0))
        })
        .bounded(900),
        Control::pixels("fps_6", Kind::Fair, "6 frames a second", |s| resampled(s, 6.0)),
        Control::pixels("fps_60_blended", Kind::Fair, "60 frames a second, blended from their neighbours", |s| {
            blended_to(s, 60.0)
        }),
        Control::pixels("fps_25_blended", Kind::Fair, "25 frames a second, blended from their neighbours", |s| {
            blended_to(s, 25.0)
        }),
        Control::pixels("blended_30", Kind::Fair, "each frame has 30 % of the one before", |s| trailing(s, 30)),
        Control::pixels("blended_50", Kind::Fair, "each frame has half of the one before", |s| trailing(s, 50)).bounded(900),
        Control::pixels("lacks_frames", Kind::Fair, "every third frame is missing for a second", |s| {
            let (from, second) = (s.event().saturating_sub(s.frames_in(0.5)), s.frames_in(1.0));
            only(s, |i| i < from || i > from + second || i % 3 != 1)
        }),
        Control::pixels("leaves_out_what_stands", Kind::Fair, "frames that are as the one before are left out", |s| {
            let mut kept = vec![0];
            for i in 1..s.frames.len() {
                if changed(s, kept[kept.len() - 1], i) > 2e-4 {
                    kept.push(i);
                }
            }
            only(s, |i| kept.contains(&i))
        }),
        Control::pixels("held_for_a_third", Kind::Fair, "held for a third of the clip at the start", |s| {
            let hold = s.frames.len() / 3;
            Some(made(s, (0..s.frames.len() + hold).map(|i| s.frames[i.saturating_sub(hold)].clone()).collect()))
        }),
        Control::pixels("block_grid", Kind::Fair, "blocks of 8 pixels, lighter and darker by 2 steps", |s| {
            each(s, |f, i, _| blocks(f, i))
        }),
        Control::pixels("half_colour", Kind::Fair, "colour at half the resolution of video", |s| {
            each(s, |f, _, _| half_colour(f))
        }),
        Control::pixels("flicker_2", Kind::Fair, "exposure flickers by 2 %", |s| {
            each(s, |f, i, _| gain(f, [1.0 + 0.02 * if i == 0 { 0.0 } else { wave(i * i, 5.3) }; 3]))
        }),
        Control::pixels("tinted_5", Kind::Fair, "slowly warmer, by 5 %", |s| {
            each(s, |f, i, n| gain(f, [1.0 + 0.05 * part(i, n), 1.0, 1.0 - 0.05 * part(i, n)]))
        }),
        Control::pixels("cut_out", Kind::Fair, "pieces of the first frame moved as the truth says", super::cut_out::cut_out)
            .bounded(850),
        Control::pixels("hold_at_start", Kind::Fair, "held for 0.3 s at the start", |s| {
            let hold = s.frames_in(0.3);
            Some(made(s, (0..s.frames.len() + hold).map(|i| s.frames[i.saturating_sub(hold)].clone()).collect()))
        }),
        Control::pixels("hold_at_end", Kind::Fair, "held for 0.3 s at the end", |s| {
            let hold = s.frames_in(0.3);
            Some(made(s, (0..s.frames.len() + hold).map(|i| s.frames[i.min(s.frames.len() - 1)].clone()).collect()))
        }),
    ]
}

/// Videos that continue the truth's first part.
pub(super) fn continued() -> Vec<Control> {
    vec![
        Control::pixels("last_video", Kind::Fair, "last_video, as what continues first_video", |s| {
            Some(Made { continues: true, ..made(s, s.frames[s.split()..].to_vec()) })
        })
        .bounded(1000),
        Control::pixels("first_video_again", Kind::Trivial, "first_video, as what continues first_video", |s| {
            Some(Made { continues: true, ..made(s, s.frames[..s.split()].to_vec()) })
        }),
    ]
}

/// Share of the pixels that may change while everything stands still.
const STANDS: f32 = 0.0005;

/// Whether anything moves before the event. If not, nothing is left out by what begins with it.
fn something_leads_there(source: &Source<'_>) -> bool {
    (1..source.event()).any(|i| changed(source, 0, i) > STANDS)
}

/// How far a frame is on the way from the first to the last of `n`, `0..=1`.
fn part(i: usize, n: usize) -> f32 {
    i as f32 / (n.max(2) - 1) as f32
}
