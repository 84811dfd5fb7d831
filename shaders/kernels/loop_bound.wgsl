// Goes round a loop so many times, with an answer that needs every turn: tells whether the driver ends long loops early.

const TURNS = 70000u;

@group(0) @binding(0) var<storage, read_write> answers: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    var x = id.x;
    for (var turn = 0u; turn < TURNS; turn += 1u) {
        x = x * 1664525u + 1013904223u;
    }
    answers[id.x] = x;
}
