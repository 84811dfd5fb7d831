// Divides the first surface's own colour out of a frame, so that textures pass the filter untouched, and cuts off fireflies.
#import post

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var<storage, read> radiance: array<vec4f>;
@group(0) @binding(2) var<storage, read> albedo: array<vec4f>;
@group(0) @binding(3) var<storage, read> normal_depth: array<vec4f>;
@group(0) @binding(4) var<storage, read> object_id: array<u32>;
// rgb: light per albedo; w: variance of its luminance.
@group(0) @binding(5) var light: texture_storage_2d<rgba32float, write>;
@group(0) @binding(6) var guides: texture_storage_2d<rgba32uint, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= params.size.x || id.y >= params.size.y {
        return;
    }
    let i = id.y * params.size.x + id.x;
    let here = radiance[i];
    let base = divisor(albedo[i].xyz);

    // The two brightest neighbours: a speck brighter than both stands alone.
    var first = 0.0;
    var second = 0.0;
    for (var k = 0; k < 9; k++) {
        let at = vec2i(id.xy) + vec2i(k % 3 - 1, k / 3 - 1);
        if k != 4 && all(at >= vec2i(0)) && all(at < vec2i(params.size)) {
            let l = luminance(radiance[u32(at.y) * params.size.x + u32(at.x)].xyz);
            second = max(second, min(first, l));
            first = max(first, l);
        }
    }
    let l = luminance(here.xyz);
    let noise = sqrt(max(here.w, 0.0));
    // Only where its own samples disagree: a sharp glint that all samples see is no firefly.
    let limit = select(l, max(second, l - 4.0 * noise), noise > 0.25 * l);
    let keep = min(1.0, limit / max(l, 1e-6));

    let scale = 1.0 / luminance(base);
    textureStore(light, id.xy, vec4f(here.xyz * keep / base, max(here.w, 0.0) * keep * keep * scale * scale));
    textureStore(guides, id.xy, pack_guide(guide_of(normal_depth[i], albedo[i].xyz, object_id[i])));
}
