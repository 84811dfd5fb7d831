//! Accessors to numbers: every component type, normalised or not, strided and sparse, with each length checked.

use std::cell::Cell;

use gltf::json::accessor::{ComponentType, Type};

use super::source::Source;
use crate::GltfError;

/// Elements that one file may have read in all: about 800 MB of vertices. Accessors may overlap, so that a small file could ask for
/// any amount of memory.
const MAX_ELEMENTS: u64 = 1 << 26;

/// How much of something a file may still ask for.
pub(super) struct Budget {
    what: &'static str,
    limit: u64,
    spent: Cell<u64>,
}

impl Budget {
    pub(super) fn new(what: &'static str, limit: u64) -> Self {
        Self { what, limit, spent: Cell::new(0) }
    }

    /// For accessors.
    pub(super) fn elements() -> Self {
        Self::new("vertices, indices and keys", MAX_ELEMENTS)
    }

    /// Takes from it.
    pub(super) fn spend(&self, amount: u64) -> Result<(), GltfError> {
        let spent = self.spent.get().saturating_add(amount);
        if spent > self.limit {
            return Err(GltfError::Limit { what: self.what.into(), found: spent, limit: self.limit });
        }
        self.spent.set(spent);
        Ok(())
    }
}

/// Reads vectors of N floats. Integers are normalised where the accessor says so.
pub(super) fn floats<const N: usize>(source: &Source<'_>, budget: &Budget, index: usize) -> Result<Vec<[f32; N]>, GltfError> {
    let columns = read(source, budget, index, N)?;
    let values: Vec<[f32; N]> =
        columns.bytes.chunks_exact(columns.size).map(|e| std::array::from_fn(|i| columns.float(e, i))).collect();
    if let Some(i) = values.iter().position(|v| !v.iter().all(|x| x.is_finite())) {
        return Err(GltfError::at(format!("accessors[{index}]"), format!("element {i} is {:?}: not a number", values[i])));
    }
    Ok(values)
}

/// Reads unsigned scalars: vertex indices.
pub(super) fn indices(source: &Source<'_>, budget: &Budget, index: usize) -> Result<Vec<u32>, GltfError> {
    let columns = read(source, budget, index, 1)?;
    if !matches!(columns.component, ComponentType::U8 | ComponentType::U16 | ComponentType::U32) {
        return Err(GltfError::at(format!("accessors[{index}]"), "indices must be unsigned integers"));
    }
    Ok(columns.bytes.chunks_exact(columns.size).map(|e| unsigned(columns.component, e)).collect())
}

/// Elements without gaps.
struct Columns {
    bytes: Vec<u8>,
    /// Bytes of one element.
    size: usize,
    component: ComponentType,
    normalized: bool,
}

impl Columns {
    fn float(&self, element: &[u8], i: usize) -> f32 {
        let bytes = &element[i * self.component.size()..];
        // Section 3.6.2.2 of the specification: signed ones reach −1 twice.
        let (value, full) = match self.component {
            ComponentType::I8 => (f32::from(bytes[0] as i8), 127.0),
            ComponentType::U8 => (f32::from(bytes[0]), 255.0),
            ComponentType::I16 => (f32::from(i16::from_le_bytes([bytes[0], bytes[1]])), 32_767.0),
            ComponentType::U16 => (f32::from(u16::from_le_bytes([bytes[0], bytes[1]])), 65_535.0),
            ComponentType::U32 => (unsigned(self.component, bytes) as f32, u32::MAX as f32),
            ComponentType::F32 => return f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
        };
        if self.normalized { (value / full).max(-1.0) } else { value }
    }
}

fn unsigned(component: ComponentType, bytes: &[u8]) -> u32 {
    match component {
        ComponentType::U8 | ComponentType::I8 => u32::from(bytes[0]),
        ComponentType::U16 | ComponentType::I16 => u32::from(u16::from_le_bytes([bytes[0], bytes[1]])),
        ComponentType::U32 | ComponentType::F32 => u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
    }
}

fn read(source: &Source<'_>, budget: &Budget, index: usize, wanted: usize) -> Result<Columns, GltfError> {
    let at = || format!("accessors[{index}]");
    let accessor = source.root.accessors.get(index).ok_or_else(|| GltfError::at(at(), "there is no such accessor"))?;
    use gltf::json::validation::Checked::Valid;
    let (Valid(component), Valid(kind)) = (accessor.component_type, accessor.type_) else {
        return Err(GltfError::at(at(), "has an unknown type"));
    };
    let component = component.0;
    let found = match kind {
        Type::Scalar => 1,
        Type::Vec2 => 2,
        Type::Vec3 => 3,
        Type::Vec4 => 4,
        _ => 0,
    };
    if found != wanted {
        return Err(GltfError::at(at(), format!("is {kind:?}, but {wanted} component(s) are needed")));
    }
    let size = component.size() * wanted;
    budget.spend(accessor.count.0)?;
    // The budget keeps it far below any overflow.
    let count = accessor.count.0 as usize;
    if count == 0 {
        return Err(GltfError::at(at(), "has no elements"));
    }
    let mut bytes = match accessor.buffer_view {
        Some(view) => gather(source, view.value(), accessor.byte_offset.unwrap_or_default().0, count, size)
            .map_err(|e| GltfError::at(at(), e))?,
        None => vec![0; count * size],
    };
    if let Some(sparse) = &accessor.sparse {
        let at = || format!("accessors[{index}].sparse");
        let Valid(places) = sparse.indices.component_type else { return Err(GltfError::at(at(), "has an unknown type")) };
        let places = places.0;
        let patches = usize::try_from(sparse.count.0).unwrap_or(usize::MAX);
        if patches > count {
            return Err(GltfError::at(at(), format!("replaces {patches} of {count} elements")));
        }
        let table = |view: usize, offset, size| gather(source, view, offset, patches, size).map_err(|e| GltfError::at(at(), e));
        let targets = table(sparse.indices.buffer_view.value(), sparse.indices.byte_offset.0, places.size())?;
        let values = table(sparse.values.buffer_view.value(), sparse.values.byte_offset.0, size)?;
        for (target, value) in targets.chunks_exact(places.size()).zip(values.chunks_exact(size)) {
            let target = unsigned(places, target) as usize;
            if target >= count {
                return Err(GltfError::at(at(), format!("index {target} is out of range of {count} elements")));
            }
            bytes[target * size..][..size].copy_from_slice(value);
        }
    }
    Ok(Columns { bytes, size, component, normalized: accessor.normalized })
}

/// Copies `count` elements of `size` bytes out of a view, without the gaps between them.
fn gather(source: &Source<'_>, view: usize, offset: u64, count: usize, size: usize) -> Result<Vec<u8>, String> {
    let bytes = source.view(view).map_err(|e| e.to_string())?;
    let stride = source.root.buffer_views[view].byte_stride.map_or(size, |s| s.0);
    if stride < size {
        return Err(format!("elements of {size} bytes stand {stride} apart"));
    }
    // The last element need not fill its stride.
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    let end = count
        .checked_sub(1)
        .map_or(Some(0), |n| n.checked_mul(stride)?.checked_add(size))
        .and_then(|length| length.checked_add(start))
        .filter(|&end| end <= bytes.len());
    let Some(end) = end else {
        return Err(format!(
            "{count} elements of {size} bytes, {stride} apart from byte {offset}, are outside of the view's {} bytes",
            bytes.len()
        ));
    };
    let mut out = Vec::with_capacity(count * size);
    for element in bytes[start.min(end)..end].chunks(stride) {
        out.extend_from_slice(&element[..size]);
    }
    Ok(out)
}
