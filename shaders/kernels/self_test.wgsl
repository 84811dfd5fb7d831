// One dispatch whose answer is known: integers, floats and memory work on this device.

@group(0) @binding(0) var<storage, read_write> answers: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let i = id.x;
    let root = u32(round(sqrt(f32(i * i))));
    answers[i] = (root * 2654435761u) ^ countOneBits(i);
}
