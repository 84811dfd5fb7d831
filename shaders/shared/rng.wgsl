// Owen-scrambled Sobol points in padded pairs of dimensions, shared by neighbouring pixels.
// Burley, "Practical Hash-based Owen Scrambling", JCGT 9(4), 2020; Ahmed, Wonka, "Screen-Space Blue-Noise Diffusion of Monte Carlo
// Sampling Error via Hierarchical Ordering of Pixels", SIGGRAPH Asia 2020.
//
// Each pair is the (0,2)-sequence, its order shuffled and its coordinates scrambled by a hash of the dimension. Pixels of a tile
// take their samples from it one after the other along a Z-curve: any 2^k samples of a pixel from a multiple of 2^k are
// stratified, and so are those of 2x1, 2x2, 4x2, ... pixels together where each has a power of two. So what is left of noise is
// fine-grained, and averages out where the eye or a filter looks at several pixels. Tiles and dimensions are independent. The seed
// does not know the frame: where nothing moves, nothing flickers.

struct Sampler {
    seed: u32,
    index: u32,
    dim: u32,
}

// Side of a tile: 2^16 pixels with at most 2^16 samples each make 2^32 points.
const TILE_BITS = 8u;

// `samples`: of each pixel.
fn sampler_new(pixel: vec2u, sample_index: u32, samples: u32, seed: u32) -> Sampler {
    let tile = pixel >> vec2u(TILE_BITS);
    let place = spread(pixel.x & 255u) | (spread(pixel.y & 255u) << 1u);
    let sample_bits = 32u - countLeadingZeros(samples - 1u);
    return Sampler(hash_u32(tile.x ^ hash_u32(tile.y ^ hash_u32(seed))), (place << sample_bits) | sample_index, 0u);
}

// Eight bits with zeros between.
fn spread(v: u32) -> u32 {
    var x = (v | (v << 4u)) & 0x0f0fu;
    x = (x | (x << 2u)) & 0x3333u;
    return (x | (x << 1u)) & 0x5555u;
}

// Both in [0, 1), multiples of 2^-24.
fn sample_2d(s: ptr<function, Sampler>) -> vec2f {
    let h = hash_u32((*s).seed + (*s).dim * 0x9e3779b9u);
    (*s).dim += 1u;
    let i = reverseBits(owen_reversed(reverseBits((*s).index), h));
    // The two coordinates before scrambling are reverse(i) and reverse(pascal(i)); the scramble wants them reversed again.
    let x = reverseBits(owen_reversed(i, hash_u32(h)));
    let y = reverseBits(owen_reversed(pascal(i), hash_u32(h ^ 0x55555555u)));
    return vec2f(f32(x >> 8u), f32(y >> 8u)) * 5.9604645e-8;
}

fn sample_1d(s: ptr<function, Sampler>) -> f32 {
    let h = hash_u32((*s).seed + (*s).dim * 0x9e3779b9u);
    (*s).dim += 1u;
    let i = reverseBits(owen_reversed(reverseBits((*s).index), h));
    return f32(reverseBits(owen_reversed(i, hash_u32(h))) >> 8u) * 5.9604645e-8;
}

// Wellons' lowbias32: two multiplications, bias below 0.2 %.
fn hash_u32(v: u32) -> u32 {
    var x = v ^ (v >> 16u);
    x *= 0x7feb352du;
    x ^= x >> 15u;
    x *= 0x846ca68bu;
    return x ^ (x >> 16u);
}

// Nested uniform scramble of a number whose bits are in reverse order: each bit is flipped by a hash of the lower ones.
// Vegdahl's constants for the Laine-Karras hash ("Building a Better LK Hash", 2021).
fn owen_reversed(v: u32, seed: u32) -> u32 {
    var x = v ^ (v * 0x3d20adeau);
    x += seed;
    x *= (seed >> 16u) | 1u;
    x ^= x * 0x05526c56u;
    return x ^ (x * 0x53a22864u);
}

// The second Sobol dimension: its generator is Pascal's triangle modulo 2, multiplied here in five steps.
// Ahmed, "An Implementation Algorithm of 2D Sobol Sequence Fast, Elegant, and Compact", EGSR 2024.
fn pascal(i: u32) -> u32 {
    var v = i ^ (i >> 16u);
    v ^= (v & 0xff00ff00u) >> 8u;
    v ^= (v & 0xf0f0f0f0u) >> 4u;
    v ^= (v & 0xccccccccu) >> 2u;
    return v ^ ((v & 0xaaaaaaaau) >> 1u);
}
