// A ball as a light: directions even in the cone under which it is seen. Shirley et al., "Monte Carlo Techniques for Direct Lighting
// Calculations", 1996, section 3.2.2.
#import ray

struct BallSample {
    direction: vec3f,
    distance: f32,
    // By solid angle; 0 inside the ball.
    pdf: f32,
}

// `to`: from the point to the ball's middle; `r2`: its radius squared.
fn ball_sample(to: vec3f, r2: f32, u: vec2f) -> BallSample {
    let d2 = dot(to, to);
    if d2 <= r2 {
        return BallSample();
    }
    let one_minus_cos_max = cone_width(r2 / d2);
    let one_minus_cos = u.x * one_minus_cos_max;
    let sin2 = one_minus_cos * (2.0 - one_minus_cos);
    let cos_theta = 1.0 - one_minus_cos;
    let around = frame_around(to * inverseSqrt(d2));
    let phi = 2.0 * PI * u.y;
    let w = around * vec3f(sqrt(sin2) * vec2f(cos(phi), sin(phi)), cos_theta);
    let distance = sqrt(d2) * cos_theta - sqrt(max(0.0, r2 - d2 * sin2));
    return BallSample(w, distance, 1.0 / (2.0 * PI * one_minus_cos_max));
}

// The pdf of `ball_sample` for directions that meet the ball.
fn ball_pdf(to: vec3f, r2: f32) -> f32 {
    let d2 = dot(to, to);
    return select(0.0, 1.0 / (2.0 * PI * cone_width(r2 / d2)), d2 > r2);
}

// 1 - cos of the half-angle whose squared sine is `sin2`, without cancellation.
fn cone_width(sin2: f32) -> f32 {
    return sin2 / (1.0 + sqrt(max(0.0, 1.0 - sin2)));
}
