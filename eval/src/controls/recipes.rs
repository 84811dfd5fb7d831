//! The controls that pixels can make, for every task.

use super::changes::{blend, changed, coded, cross_fade, made, map, pick, resampled, retimed, shuffled};
use super::pixels::{blur, gamma, gauss, mirror, moved, pad, resize, scaled, shake, upside_down};
use super::{Codec, Control, Kind};

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
            let split = s.split;
            pick(s, |i, _| i.min(split))
        }),
        Control::pixels("frozen_at_event", Kind::Wrong, "stops at the event", |s| {
            // A thirtieth of a second on: at few frames a second that is the event's own frame.
            let (stop, last) = ((s.event + (s.fps / 30.0) as usize).min(s.frames.len() - 1), s.frames.len() - 1);
            // If next to nothing happens after the contact, stopping there is no mistake.
            if changed(s, stop, last) < 0.004 { None } else { pick(s, |i, _| i.min(stop)) }
        }),
        Control::pixels("runs_back_and_on_again", Kind::Wrong, "runs on after the event, back, and on again", |s| {
            let (from, to) = (s.event + s.frames_in(0.4), s.split);
            // If little has changed by then, little comes back.
            if from >= s.frames.len() || changed(s, to, from) < 0.012 {
                return None;
            }
            let order = (0..from).chain((to..=from).rev()).chain(to..s.frames.len());
            Some(made(s, order.map(|i| s.frames[i].clone()).collect()))
        }),
        Control::pixels("jumps_to_the_event", Kind::Wrong, "the first frame, then right at the event", |s| {
            let event = s.event;
            pick(s, |i, _| if i + 1 < event { 0 } else { i })
        }),
        Control::pixels("outcome_without_approach", Kind::Wrong, "the first frame, then what follows the event", |s| {
            let event = s.event;
            pick(s, |i, n| if i == 0 { 0 } else { (event + i).min(n - 1) })
        }),
        Control::pixels("skips_part_of_the_approach", Kind::Wrong, "leaves out the middle of what leads to the event", |s| {
            // What stands still before can be left out.
            let start = (1..s.event).find(|&i| changed(s, 0, i) > 0.0005)?;
            let way = s.event - start;
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
                let (from, n, takes) = (s.event + s.frames_in(0.067), s.frames.len(), s.frames_in(0.4));
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
            let (split, last) = (s.split, s.frames.len() - 1);
            // If nothing is left to happen after the event, as when the light comes on again, the final frame is what follows.
            if changed(s, s.event, last) < 0.004 {
                return None;
            }
            pick(s, |i, n| if i < split { i } else { n - 1 })
        }),
        Control::pixels("cut_at_half", Kind::Wrong, "the first half", |s| {
            Some(made(s, s.frames[..s.frames.len().div_ceil(2)].to_vec()))
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
