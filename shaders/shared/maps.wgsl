// Images and vertex colours over surfaces. Host: `crates/render/src/maps.rs`.
#import data
#import frame
#import hit_point
#import surface

// Texels of what lies on a triangle's corners.
#ifdef VERTEX_COLORS
const CORNERS_TEXELS = 3u;
#else
const CORNERS_TEXELS = 2u;
#endif

// Multiplies what the material's images and the mesh's colours say there into the surface. Returns the normal that its normal map asks
// for, in the object's frame and outwards; zero where there is none.
fn apply_maps(s: ptr<function, Surface>, material: u32, hit: Hit) -> vec3f {
    let maps = load4(frame.materials_base + material * MATERIAL_TEXELS, 5u);
    if (hit.primitive & LEAF_SPHERE) != 0u {
        return vec3f(0.0);
    }
#ifdef VERTEX_COLORS
    (*s).base_color *= vertex_color(hit);
#endif
    if (maps.x | maps.y) == 0u {
        return vec3f(0.0);
    }
    let uv = texcoord(hit);
    if (maps.x & 0xffffu) != 0u {
        (*s).base_color *= color_at(maps.x & 0xffffu, uv);
    }
    if (maps.x >> 16u) != 0u {
        let m = image_at(maps.x >> 16u, uv);
        (*s).roughness *= m.y;
        (*s).metallic *= m.z;
    }
    if (maps.y >> 16u) != 0u {
        (*s).emission_mapped = true;
        (*s).emission *= color_at(maps.y >> 16u, uv);
    }
    if (maps.y & 0xffffu) == 0u {
        return vec3f(0.0);
    }
    // The frame of the texture coordinates: the image's right and up along the triangle.
    let texel = hit.primitive & 0x07ffffffu;
    let e1 = load4f(frame.primitives_base, texel + 1u).xyz;
    let e2 = load4f(frame.primitives_base, texel + 2u).xyz;
    let rest = load4(frame.primitives_base, texel + 3u);
    let corners = corners_of(hit);
    let first = load4f(corners, 0u);
    let uv2 = load4f(corners, 1u).xy;
    let d1 = first.zw - first.xy;
    let d2 = uv2 - first.xy;
    let area = d1.x * d2.y - d1.y * d2.x;
    let n = normalize((1.0 - hit.uv.x - hit.uv.y) * unpack_unit(rest.y) + hit.uv.x * unpack_unit(rest.z) + hit.uv.y * unpack_unit(rest.w));
    let along = (e1 * d2.y - e2 * d1.y) * sign(area);
    let tangent = along - n * dot(n, along);
    let length2 = dot(tangent, tangent);
    if area == 0.0 || length2 == 0.0 {
        return vec3f(0.0);
    }
    let t = tangent * inverseSqrt(length2);
    // Texture coordinates go down the image, so that its up is minus v.
    let b = cross(n, t) * select(1.0, -1.0, area > 0.0);
    let m = 2.0 * image_at(maps.y & 0xffffu, uv).xyz - 1.0;
    let scale = bitcast<f32>(maps.z);
    let world = normalize(m.x * scale * t + m.y * scale * b + max(m.z, 0.01) * n);
    let rotation = load4f(frame.instances_base, 2u * rest.x);
    return rotate_back(rotation, world);
}

// Where what lies on the corners of a triangle starts.
fn corners_of(hit: Hit) -> u32 {
#ifdef RESHAPED
    if hit.id >= frame.reshaped_first {
        return frame.reshaped_corners_base + CORNERS_TEXELS * (hit.id - frame.reshaped_first);
    }
#endif
    return frame.corners_base + CORNERS_TEXELS * hit.id;
}

// Where on its images a triangle is hit.
fn texcoord(hit: Hit) -> vec2f {
    let corners = corners_of(hit);
    let first = load4f(corners, 0u);
    let last = load4f(corners, 1u).xy;
    return (1.0 - hit.uv.x - hit.uv.y) * first.xy + hit.uv.x * first.zw + hit.uv.y * last;
}

#ifdef VERTEX_COLORS
// The mesh's own colour there, linear Rec. 709.
fn vertex_color(hit: Hit) -> vec3f {
    let corners = corners_of(hit);
    let first = load4(corners, 1u).zw;
    let others = load4(corners, 2u);
    return (1.0 - hit.uv.x - hit.uv.y) * packed_color(first) + hit.uv.x * packed_color(others.xy) + hit.uv.y * packed_color(others.zw);
}

fn packed_color(bits: vec2u) -> vec3f {
    return vec3f(unpack2x16unorm(bits.x), unpack2x16unorm(bits.y).x);
}
#endif

// The four pixels of an image around a place on it, and where between their centres that lies. Beyond its edges it begins again.
struct Neighbours {
    top_left: vec4f,
    top_right: vec4f,
    bottom_left: vec4f,
    bottom_right: vec4f,
    between: vec2f,
}

fn neighbours(number: u32, uv: vec2f) -> Neighbours {
    // Start, width, height, blocks of two by two pixels in a row.
    let head = load4(frame.images_base, number - 1u);
    let at = fract(uv) * vec2f(head.yz) - 0.5;
    let a = vec2u((vec2i(floor(at)) + vec2i(head.yz)) % vec2i(head.yz));
    let b = (a + 1u) % head.yz;
    return Neighbours(image_pixel(head, a.x, a.y), image_pixel(head, b.x, a.y), image_pixel(head, a.x, b.y), image_pixel(head, b.x, b.y),
        at - floor(at));
}

fn interpolated(n: Neighbours) -> vec4f {
    return mix(mix(n.top_left, n.top_right, n.between.x), mix(n.bottom_left, n.bottom_right, n.between.x), n.between.y);
}

// Numbers of image `number` (from 1), 0 to 1.
fn image_at(number: u32, uv: vec2f) -> vec4f {
    return interpolated(neighbours(number, uv));
}

// Colour of image `number` (from 1), linear Rec. 709: made linear first, then interpolated, as light is mixed.
fn color_at(number: u32, uv: vec2f) -> vec3f {
    let n = neighbours(number, uv);
    return interpolated(Neighbours(linear(n.top_left), linear(n.top_right), linear(n.bottom_left), linear(n.bottom_right), n.between)).xyz;
}

fn linear(pixel: vec4f) -> vec4f {
    return vec4f(display_to_linear(pixel.xyz), pixel.w);
}

fn image_pixel(head: vec4u, x: u32, y: u32) -> vec4f {
    let block = load4(head.x, (y >> 1u) * head.w + (x >> 1u));
    let row = select(block.xy, block.zw, (y & 1u) == 1u);
    return unpack4x8unorm(select(row.x, row.y, (x & 1u) == 1u));
}

// IEC 61966-2-1.
fn display_to_linear(c: vec3f) -> vec3f {
    return select(pow((c + 0.055) / 1.055, vec3f(2.4)), c / 12.92, c <= vec3f(0.04045));
}
