// Exact passes: what one ray through each pixel's middle meets first.

#import frame
#import camera
#import first_hit
#import hit_point
#import surface
#ifdef MAPS
#import maps
#endif

@group(0) @binding(2) var<storage, read_write> normal_depth: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> albedo: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> object_id: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) pixel: vec3u) {
    if any(pixel.xy >= frame.size) {
        return;
    }
    let index = pixel.y * frame.size.x + pixel.x;
    let ray = pinhole_ray(pixel.xy);
    let hit = first_hit(ray);
    if hit.primitive == NO_HIT {
        normal_depth[index] = vec4f(vec3f(0.0), FAR);
        albedo[index] = vec4f(0.0);
        object_id[index] = 0u;
        return;
    }
    let p = hit_point(ray, hit);
    var surface = load_surface(p.material, p.local, p.local_normal);
#ifdef MAPS
    apply_maps(&surface, p.material, hit);
#endif
    let normal = p.shading_normal * select(1.0, -1.0, dot(p.normal, ray.direction) > 0.0);
    let depth = dot(p.position - frame.camera_origin.xyz, frame.camera_forward.xyz);
    normal_depth[index] = vec4f(normal, depth);
    albedo[index] = vec4f(surface.base_color, 1.0);
    object_id[index] = p.object_id;
}
