// Takes single pixels of filtered light into the range of those around that show the same surface: what is brighter or darker than all but one
// of these is taken for noise that the filter gave back, as far as it may be. For a walking camera, whose frames all have noise of their own: specks would twinkle.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var light: texture_2d<f32>;
@group(0) @binding(2) var guides: texture_2d<u32>;
// With its variance.
@group(0) @binding(3) var before: texture_2d<f32>;
@group(0) @binding(4) var settled: texture_storage_2d<rgba32float, write>;

// Fewer that are alike tell nothing: thin things and edges.
const FEWEST = 4;
// What noise alone may seem to be: four standard deviations, which few samples tell.
const CHANCE: f32 = 16.0;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= params.size) {
        return;
    }
    let p = vec2i(id.xy);
    let here = unpack_guide(textureLoad(guides, p, 0));
    // The least and the most, and the next after them.
    var low = vec2f(3.0e38);
    var high = vec2f(0.0);
    var alike = 0;
    let own_noise = textureLoad(before, p, 0).w;
    var noise = own_noise;
    for (var k = 0; k < 9; k++) {
        let at = p + vec2i(k % 3 - 1, k / 3 - 1);
        if k == 4 || any(at < vec2i(0)) || any(at >= vec2i(params.size)) {
            continue;
        }
        if guide_distance(here, unpack_guide(textureLoad(guides, at, 0)), 0.0, 0.1 * here.depth) < 1.0 {
            let l = luminance(textureLoad(light, at, 0).xyz);
            low = vec2f(min(low.x, l), min(low.y, max(low.x, l)));
            high = vec2f(max(high.x, l), max(high.y, min(high.x, l)));
            noise += textureLoad(before, at, 0).w;
            alike += 1;
        }
    }
    let own = textureLoad(light, p, 0);
    let l = luminance(own.xyz);
    let calm = select(l, clamp(l, low.y, high.y), alike >= FEWEST);
    let change = (l - calm) * (l - calm);
    let real = max(change - CHANCE * max(own_noise, noise / f32(alike + 1)), 0.0) / max(change, 1.0e-20);
    textureStore(settled, p, vec4f(own.xyz * (mix(calm, l, real) / max(l, 1.0e-6)), own.w));
}
