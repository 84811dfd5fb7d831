use crate::engine::Engine;
use crate::{BakeSettings, Error, Motion, World};

/// Lets dynamic bodies come to rest while scripted ones wait at their first pose and those with an initial velocity hang
/// where they are, and writes the settled poses back. Stacks placed in contact sink a little into the solver's softness;
/// settled, a first frame shows neither gap nor motion. Returns the longest way a body went, metres, by which to judge
/// whether what was placed was at rest.
///
/// # Errors
/// As [`crate::bake`].
pub fn settle(world: &mut World, seconds: f64) -> Result<f32, Error> {
    let settings = BakeSettings { duration_s: seconds, ..BakeSettings::default() };
    crate::validate::validate(world, &settings)?;
    let mut engine = Engine::new(world, &settings)?;
    engine.look();
    engine.check_overlap()?;
    engine.settle(crate::bake::steps(seconds, settings.step_hz));
    let poses: Vec<_> = (0..world.bodies.len()).map(|i| engine.pose(i)).collect();
    let mut longest = 0.0_f32;
    for (body, settled) in world.bodies.iter_mut().zip(poses) {
        if let Motion::Dynamic { pose, .. } = &mut body.motion {
            longest = longest.max(settled.translation.distance(pose.translation));
            *pose = settled;
        }
    }
    Ok(longest)
}
