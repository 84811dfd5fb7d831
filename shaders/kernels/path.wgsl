// Follows whole camera paths: unidirectional path tracing with direct light sampled at each vertex and combined with what the
// surface's own sampling finds by multiple importance sampling.
//
// Sums are kept in two parts. S holds the paths none of whose segments and shadow rays comes near anything that moves during the
// clip, D the rest. Each sum grows sample by sample, so that it does not matter how the work is cut into dispatches.
//
// NO_NEE leaves all light to what the surfaces' sampling finds, ONLY_NEE to light sampled directly, but for mirrors: two estimators
// of the same picture, for tests. COUNT_RAYS makes a picture of how many rays a path sends.

#import control
#import frame
#import rng
#import camera
#import hit_point
#import surface
#import bsdf
#import direct_light
#ifdef SUNLIT
#import sunlit
#endif
#import environment
#import light_groups
#import lights
#import pixel_sums
#import shading_normal
#import swept
#import way
#ifdef MAPS
#import maps
#endif
#ifdef GAPS
#import opacity
#endif
#ifdef NESTED
#import media
#endif
#ifdef ABSORPTION
#import absorption
#endif
#ifdef DISPERSION
#import spectrum
#endif

@group(0) @binding(3) var<storage, read_write> static_sums: array<PixelSums>;
@group(0) @binding(4) var<storage, read_write> dynamic_sums: array<PixelSums>;
// One bit a path, 32 paths a word, a word of all pixels after the other: which paths belong to D.
@group(0) @binding(5) var<storage, read_write> dynamic_paths: array<u32>;
#ifdef LIGHT_GROUPS
// S of the groups whose power changes, at full power: three a pixel; w as of `PixelSums`.
@group(0) @binding(7) var<storage, read_write> static_groups: array<vec4f>;
#endif
#ifdef DYNAMIC_ONLY
// The pixels that have any, in the order they are traced in.
@group(0) @binding(6) var<storage, read> dynamic_pixels: array<u32>;
#endif

// The most surfaces that a path goes straight through.
const MAX_PASSED = 64u;

@compute @workgroup_size(8, 8)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
    let end = control.first_sample + control.sample_count;
#ifdef DYNAMIC_ONLY
    // S is known from an earlier frame: only paths of D are traced.
    let item = 64u * (control.first_group + workgroup.x) + 8u * local.y + local.x;
    if item >= arrayLength(&dynamic_pixels) {
        return;
    }
    let index = dynamic_pixels[item];
    let pixel = vec2u(index % frame.size.x, index / frame.size.x);
    var moving = dynamic_sums[index];
    for (var i = next_dynamic(index, control.first_sample, end); i < end; i = next_dynamic(index, i + 1u, end)) {
        moving = add(moving, trace_path(pixel, i).sums);
    }
    dynamic_sums[index] = moving;
#else
    let group = (control.first_group + workgroup.x) * frame.group_stride % frame.groups;
    // Lanes of a vector lie four by two, not eight in a row: their rays stay closer together.
    let lane = vec2u((local.x & 3u) | ((local.y & 1u) << 2u), (local.y & 6u) | (local.x >> 2u));
    let pixel = 8u * vec2u(group % frame.groups_x, group / frame.groups_x) + lane;
    if any(pixel >= frame.size) {
        return;
    }
    let index = pixel.y * frame.size.x + pixel.x;
    var still = static_sums[index];
    var moving = dynamic_sums[index];
#ifdef LIGHT_GROUPS
    var group_1 = static_groups[3u * index];
    var group_2 = static_groups[3u * index + 1u];
    var group_3 = static_groups[3u * index + 2u];
#endif
    for (var i = control.first_sample; i < end; i += 1u) {
        let path = trace_path(pixel, i);
        if path.touched {
            moving = add(moving, path.sums);
            dynamic_paths[dynamic_word(index, i)] |= 1u << (i & 31u);
        } else {
#ifdef LIGHT_GROUPS
            let first = in_first_half(i, frame.samples);
            var sums = path.sums;
            sums.radiance = radiance_sum(path.light[0], first);
            still = add(still, sums);
            group_1 += radiance_sum(path.light[1], first);
            group_2 += radiance_sum(path.light[2], first);
            group_3 += radiance_sum(path.light[3], first);
#else
            still = add(still, path.sums);
#endif
        }
    }
#ifdef LIGHT_GROUPS
    static_groups[3u * index] = group_1;
    static_groups[3u * index + 1u] = group_2;
    static_groups[3u * index + 2u] = group_3;
#endif
    static_sums[index] = still;
    dynamic_sums[index] = moving;
#endif
}

fn dynamic_word(index: u32, sample: u32) -> u32 {
    return (sample >> 5u) * frame.size.x * frame.size.y + index;
}

// The first path of D in `from..end`; `end` where there is none.
fn next_dynamic(index: u32, first: u32, end: u32) -> u32 {
    for (var i = first; i < end; i = (i | 31u) + 1u) {
        let bits = dynamic_paths[dynamic_word(index, i)] >> (i & 31u);
        if bits != 0u {
            return min(i + firstTrailingBit(bits), end);
        }
    }
    return end;
}

struct Path {
    // With the light of this frame.
    sums: PixelSums,
#ifdef LIGHT_GROUPS
    // The same light by groups, at full power.
    light: Light,
#endif
    // Whether it came near anything that moves during the clip.
    touched: bool,
}

fn trace_path(pixel: vec2u, index: u32) -> Path {
    var path = Path();
#ifdef COUNT_RAYS
    rays_sent = 0u;
#endif
#ifdef LIGHT_GROUPS
#ifdef MANY_POWERS
    met_changing_light = false;
#endif
#endif
    var rng = sampler_new(pixel, index, frame.samples, frame.seed);
    let film = filter_offset(sample_2d(&rng));
    var lens = vec2f(0.5);
    if control.lens_radius > 0.0 {
        lens = sample_2d(&rng);
    }
    var ray = camera_ray(pixel, film, lens);
    var radiance = no_light();
    var beta = vec3f(1.0);
    // Absorption per metre of what the ray is in.
    var medium = vec3f(0.0);
    // Nanometres; 0 for all.
    var wavelength = 0.0;
    // Index of refraction of what the ray is in.
    var around_ior = 1.0;
#ifdef NESTED
    var media = vec4u(0u);
#ifdef EYE_IN_MEDIA
    media = frame.eye_media;
    medium = medium_absorption(media_top(media));
    around_ior = medium_ior(media_top(media), wavelength);
#endif
#endif
    var passed = 0u;
    // Where the ray's direction was drawn, and how far that is: thin sheets that it went straight through lie between.
    var source = ray.origin;
    var before = 0.0;
    // Density with which the surface drew the ray's direction; 0 for camera rays and mirrors.
    var pdf = 0.0;
#ifdef SUNLIT
    let u_beam = sample_2d(&rng);
    let beam = sunbeam(u_beam, sample_2d(&rng));
    // Whether the vertex before was connected with it.
    var connected = false;
#endif
    // Density with which paths that begin at the sun come along the ray, if it leads there.
    var sunlit_pdf = 0.0;
    // The smallest such density on the path, which tells how blurred anything sharp may be ("filter glossy").
    var min_pdf = FAR;
    var diffuse = 0u;
    var glossy = 0u;
    var transmitted = 0u;
    var guide_open = true;
    var guide_tint = vec3f(1.0);
    var guide_depth = 0.0;

    for (var bounce = 0u;; bounce += 1u) {
#ifdef GAPS
        let hit = trace_seen(ray, sample_1d(&rng));
#else
        let hit = trace(ray.origin, ray.direction, FAR);
#endif
        path.touched |= sweeps(ray, hit.t);
        // Light that reaches the eye after one scattering is direct, as in Cycles.
        let clamp_seen = bounce > 1u;
        let inv_n2 = 1.0 / (around_ior * around_ior);
        let seen = lights_seen(Ray(source, ray.direction), before, before + hit.t, pdf, bounce == 0u, medium);
        radiance += limited(tinted(beta * inv_n2, seen), clamp_seen);
        if guide_open && shines(seen) {
            // What is seen is the lamp, not what lies behind it: its light has nothing to tell about that surface.
            guide_open = false;
            path.sums.albedo = vec4f(guide_tint, 1.0);
        }
#ifdef ABSORPTION
        beta *= transmittance(medium, hit.t);
#endif
        if hit.primitive == NO_HIT {
            let sky = sky_seen(Ray(source, ray.direction), pdf, sunlit_pdf);
            radiance += limited(of_group(beta * inv_n2 * sky, control.sky_group), clamp_seen);
            if guide_open {
                path.sums.albedo = vec4f(guide_tint, 1.0);
            }
            break;
        }

        let p = hit_point(ray, hit);
        let entering = dot(p.normal, ray.direction) < 0.0;
        let normal = select(-p.normal, p.normal, entering);
        var surface = load_surface(p.material, p.local, p.local_normal);
        var mapped = vec3f(0.0);
#ifdef MAPS
        mapped = apply_maps(&surface, p.material, hit);
#endif
        let solid_glass = surface.transmission > 0.0 && surface.metallic < 1.0 && !surface.thin;
#ifdef DISPERSION
        if solid_glass && surface.dispersion > 0.0 {
            if wavelength == 0.0 {
                wavelength = mix(SPECTRUM_FIRST, SPECTRUM_LAST, sample_1d(&rng));
                beta *= spectral_color(wavelength);
            }
            surface.ior = dispersed_ior(surface.ior, surface.dispersion, wavelength);
        }
#endif
#ifdef NESTED
        var beyond = media;
        if solid_glass {
            let key = media_key(p.material, surface.priority);
            beyond = media_left(media, key);
            var real = media_top(media) == key || all(beyond == media);
            surface.outer_ior = medium_ior(media_top(beyond), wavelength);
            if entering {
                beyond = media_entered(media, key);
                real = media_top(beyond) == key;
                surface.outer_ior = medium_ior(media_top(media), wavelength);
            }
            if !real {
                // Another solid is here on both sides of this surface: nothing happens. Light beyond it was not sampled directly.
                media = beyond;
                medium = medium_absorption(media_top(media));
                around_ior = medium_ior(media_top(media), wavelength);
                ray = Ray(offset_point(p.position, -normal), ray.direction);
                source = ray.origin;
                before = 0.0;
                pdf = 0.0;
                passed += 1u;
                if passed > MAX_PASSED {
                    break;
                }
                bounce -= 1u;
                continue;
            }
        } else {
            surface.outer_ior = medium_ior(media_top(media), wavelength);
        }
#else
#ifdef CLEAR_SOLIDS
        surface.outer_ior = select(around_ior, 1.0, solid_glass);
#endif
#endif
        let up = shading_normal(p, ray.direction, mapped, surface);
#ifdef EMITTERS
        let from_source = Ray(source, ray.direction);
        let whole_way = Hit(before + hit.t, hit.uv, hit.primitive, hit.id);
        var shine_pdf = control.emitter_probability * emitter_pdf(from_source, whole_way, p.normal, surface.emission);
#ifdef CHANGING_EMITTERS
        if surface.emission_changes {
            shine_pdf = control.changing_probability * changing_pdf(from_source, whole_way, p.normal, surface.emission);
        }
#endif
        let shine = beta * inv_n2 * surface.emission * mis_weight(pdf, select(shine_pdf, 0.0, surface.emission_mapped));
        radiance += limited(of_group(shine, surface.emission_group), clamp_seen);
#endif

        guide_depth += hit.t;
        if guide_open && !shows_others(surface) {
            guide_open = false;
            path.sums.albedo = vec4f(min(guide_tint * surface.base_color, vec3f(1.0)), 1.0);
            path.sums.normal_depth = vec4f(up, guide_depth);
        }
        surface.roughness = blurred_roughness(surface, min_pdf);

        // Of what lies behind the surface.
#ifdef NESTED
        let medium_beyond = medium_absorption(media_top(beyond));
        let ior_beyond = medium_ior(media_top(beyond), wavelength);
#else
        let medium_beyond = select(select(vec3f(0.0), surface.absorption, entering), medium, surface.thin);
#ifdef CLEAR_SOLIDS
        let ior_beyond = select(select(1.0, surface.ior, entering), around_ior, !solid_glass);
#else
        let ior_beyond = 1.0;
#endif
#endif

        let basis = frame_around(up);
        let wo = -ray.direction * basis;

        let lobes = bsdf_lobes(surface, wo, entering);

        let is_last = bounce >= control.max_bounces;
        // As `Vertex` has it.
        var sunlit = 0.0;
#ifdef SUNLIT
        if connected && pdf > 0.0 && surface.transmission == 0.0 {
            sunlit = hit.t * hit.t / (pdf * max(abs(dot(p.normal, ray.direction)), 1.0e-6));
        }
        connected = bounce < SUNLIT_VERTICES && !is_last && !bsdf_is_delta_only(surface);
#endif
#ifndef NO_NEE
        if !bsdf_is_delta_only(surface) {
            let vertex = Vertex(p, normal, basis, wo, medium, medium_beyond, around_ior, ior_beyond, sunlit);
            let direct = direct_light(vertex, surface, lobes, beta, is_last, sample_2d(&rng));
            path.touched |= direct.touched;
            radiance += limited(of_group(direct.radiance, direct.group), bounce > 0u);
#ifdef SUNLIT
            if connected {
                let lit = sunlit_light(vertex, surface, lobes, beta, beam, bounce + 1u >= control.max_bounces, min_pdf);
                path.touched |= lit.touched;
                radiance += limited(of_group(lit.radiance, lit.group), true);
            }
#endif
        }
#endif
#ifdef PANES
        let may_go_straight = surface.thin && lobes.delta && lobes.glass > 0.0;
#else
        let may_go_straight = false;
#endif
        if is_last && !may_go_straight {
            break;
        }

        // The way on.
        let u_lobe = sample_1d(&rng);
        let next = lobes_sample(surface, lobes, wo, u_lobe, sample_2d(&rng));
        let direction = basis * next.wi;
        let way = way_from(p, normal, direction, next.wi.z);
        if next.pdf <= 0.0 || !way.is_open {
            break;
        }
        let through = (next.kind & BSDF_TRANSMITTED) != 0u;
        let is_delta = (next.kind & BSDF_DELTA) != 0u;
        if is_last && !(through && is_delta) {
            break;
        }
        beta *= next.weight;
        if guide_open {
            // The guides follow the stronger branch of glass alone; flipping between two pictures they would guide nobody.
            guide_open = (next.kind & BSDF_UNLIKELY) == 0u;
            guide_tint *= min(next.weight, vec3f(1.0));
        }
#ifdef PANES
        if through && is_delta && surface.thin {
            // Straight on, as light that is sampled directly goes: no bounce, and the density stays the one of the ray's source.
            passed += 1u;
            if passed > MAX_PASSED {
                break;
            }
            before += hit.t;
            ray = Ray(offset_point(p.position, -normal), ray.direction);
            // As many random numbers as a bounce has.
            rng.dim += 1u;
            bounce -= 1u;
            continue;
        }
#endif
        if through {
            transmitted += 1u;
#ifdef NESTED
            media = beyond;
#endif
#ifdef CLEAR_SOLIDS
            around_ior = ior_beyond;
#endif
            medium = medium_beyond;
        } else if (next.kind & BSDF_DIFFUSE) != 0u {
            diffuse += 1u;
        } else {
            glossy += 1u;
        }
        if diffuse > frame.max_diffuse || glossy > frame.max_glossy || transmitted > frame.max_transmission {
            break;
        }
#ifdef NO_NEE
        pdf = 0.0;
#else
#ifdef ONLY_NEE
        // So rare that the other strategy takes it all.
        pdf = select(1.0e-20, 0.0, is_delta);
#else
        pdf = select(next.pdf, 0.0, is_delta);
#endif
#endif
        min_pdf = min(min_pdf, select(next.pdf, FAR, is_delta));
#ifdef SUNLIT
        sunlit_pdf = 0.0;
        if sunlit > 0.0 && !through && in_sun(direction) {
            sunlit_pdf = sunlit * sunbeam_density(p.position, abs(dot(normal, direction)), direction) * sun_pdf(direction);
        }
#endif

        // Russian roulette: not for the first three bounces, whose light is most of what is indirect, and not in a mirror or a pane, for
        // it would make clean things noisy.
        if bounce > 2u && !(is_delta && bounce < 16u) {
            let survival = min(1.0, sqrt(max(beta.x, max(beta.y, beta.z))));
            if sample_1d(&rng) >= survival {
                break;
            }
            beta /= survival;
        } else {
            // Each bounce uses the same dimensions, whichever way a path comes there.
            rng.dim += 1u;
        }
        ray = Ray(way.origin, direction);
        source = ray.origin;
        before = 0.0;
    }
#ifdef COUNT_RAYS
    radiance = of_group(vec3f(f32(rays_sent)), 0u);
#endif
    path.sums.radiance = radiance_sum(at_power(radiance), in_first_half(index, frame.samples));
#ifdef LIGHT_GROUPS
    path.light = radiance;
#ifdef MANY_POWERS
    path.touched |= met_changing_light;
#endif
#endif
    return path;
}

// As it is summed up.
fn radiance_sum(radiance: vec3f, in_first: bool) -> vec4f {
    return vec4f(radiance, select(0.0, luminance(radiance), in_first));
}
