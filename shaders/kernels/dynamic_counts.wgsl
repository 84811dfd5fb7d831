// How many paths of each pixel come near something that moves.

#import frame

@group(0) @binding(2) var<storage, read> dynamic_paths: array<u32>;
@group(0) @binding(3) var<storage, read_write> counts: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) pixel: vec3u) {
    if any(pixel.xy >= frame.size) {
        return;
    }
    let index = pixel.y * frame.size.x + pixel.x;
    let pixels = frame.size.x * frame.size.y;
    var count = 0u;
    for (var at = index; at < pixels * ((frame.samples + 31u) / 32u); at += pixels) {
        count += countOneBits(dynamic_paths[at]);
    }
    counts[index] = count;
}
