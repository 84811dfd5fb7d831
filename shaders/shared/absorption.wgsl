// What a medium leaves of light.
#import ray

// After a distance, of what absorbs so much per metre (Beer, Lambert). What has no end is out of the medium somewhere: all.
fn transmittance(absorption: vec3f, distance: f32) -> vec3f {
    return select(exp(-absorption * distance), vec3f(1.0), distance >= FAR);
}
