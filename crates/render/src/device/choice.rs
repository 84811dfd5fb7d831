//! Which of several adapters is meant.

use std::convert::Infallible;
use std::str::FromStr;

use super::{AdapterReport, enumerate};
use crate::RenderError;

/// An adapter by its kind, its place in [`crate::adapters`], its PCI ids, or its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DeviceChoice {
    /// Hardware where there is some, else software.
    #[default]
    Auto,
    /// A GPU, never the software adapter.
    Hardware,
    /// The software adapter (Mesa's lavapipe, Microsoft's WARP).
    Software,
    /// That of [`crate::adapters`], counted from 0.
    Index(usize),
    /// That on a place of the PCI bus (`0000:41:00.0`, `41:00.0`), or the first of a kind (`10de:2330`: vendor and device).
    Pci(String),
    /// The first whose name contains this, whatever the case.
    Name(String),
}

impl FromStr for DeviceChoice {
    type Err = Infallible;

    /// `auto`, `hardware`, `software`, a number, PCI ids, or else part of a name.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let text = text.trim();
        Ok(match text {
            "" | "auto" => Self::Auto,
            "hardware" => Self::Hardware,
            "software" => Self::Software,
            _ if is_pci(text) => Self::Pci(text.to_lowercase()),
            // Names have digits too, but more than digits.
            _ => text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Index),
        })
    }
}

/// Hexadecimal digits with colons between, and perhaps a dot before the last.
fn is_pci(text: &str) -> bool {
    text.contains(':') && text.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.')
}

impl DeviceChoice {
    /// Whether it means an adapter, which is at a place in the list of all.
    fn means(&self, index: usize, adapter: &AdapterReport) -> bool {
        match self {
            Self::Auto => true,
            Self::Hardware => !adapter.is_software(),
            Self::Software => adapter.is_software(),
            Self::Index(wanted) => *wanted == index,
            Self::Pci(id) => {
                // A bus in the first domain goes by its short name too.
                let bus = &adapter.pci_bus;
                !bus.is_empty() && (bus == id || bus.strip_prefix("0000:") == Some(id)) || adapter.pci_id == *id
            }
            Self::Name(part) => adapter.name.to_lowercase().contains(&part.to_lowercase()),
        }
    }

    /// As an error names it.
    fn words(&self) -> String {
        match self {
            Self::Auto | Self::Software => "`software`".to_owned(),
            Self::Hardware => "`hardware`".to_owned(),
            Self::Index(index) => format!("number {index}"),
            Self::Pci(id) => format!("the PCI id `{id}`"),
            Self::Name(name) => format!("the name `{name}`"),
        }
    }
}

/// The adapter that a choice means. Where any will do, `WGPU_ADAPTER_NAME` may name one.
pub(crate) fn choose(choice: &DeviceChoice) -> Result<wgpu::Adapter, RenderError> {
    let mut adapters = enumerate();
    if adapters.is_empty() {
        let detail = match std::env::var("WGPU_BACKEND") {
            Ok(backend) => format!("WGPU_BACKEND={backend}"),
            Err(_) => "no Vulkan, Metal or DirectX 12 driver".to_owned(),
        };
        return Err(RenderError::NoAdapter { detail });
    }
    let from_env = || std::env::var("WGPU_ADAPTER_NAME").ok().filter(|name| !name.is_empty());
    let named = (*choice == DeviceChoice::Auto).then(from_env).flatten().map(DeviceChoice::Name);
    let choice = named.as_ref().unwrap_or(choice);
    let found = adapters.iter().map(AdapterReport::of).enumerate().position(|(i, report)| choice.means(i, &report));
    match found {
        Some(i) => Ok(adapters.swap_remove(i)),
        None => Err(RenderError::AdapterNotFound { wanted: choice.words(), available: names(&adapters) }),
    }
}

/// What there is, for who asked for something else.
pub(super) fn names(adapters: &[wgpu::Adapter]) -> String {
    if adapters.is_empty() {
        return "none".to_owned();
    }
    let named = |(i, adapter): (usize, &wgpu::Adapter)| format!("{i}: {}", adapter.get_info().name);
    adapters.iter().enumerate().map(named).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AdapterLimits;

    fn adapter(name: &str, pci_bus: &str, device_type: &str) -> AdapterReport {
        AdapterReport {
            name: name.into(),
            backend: "vulkan".into(),
            driver: String::new(),
            driver_info: String::new(),
            device_type: device_type.into(),
            pci_id: "10de:2330".into(),
            pci_bus: pci_bus.into(),
            ray_queries: false,
            timestamps: true,
            limits: AdapterLimits::of(&wgpu::Limits::default()),
        }
    }

    #[test]
    fn one_of_eight_is_found_by_number_bus_or_name() {
        let adapters: Vec<AdapterReport> =
            (0..8).map(|i| adapter("NVIDIA H100 80GB HBM3", &format!("0000:{i}b:00.0"), "discrete-gpu")).collect();
        let place = |text: &str| {
            let choice: DeviceChoice = text.parse().expect("whatever is given means something");
            adapters.iter().enumerate().position(|(i, a)| choice.means(i, a))
        };
        assert_eq!([place("auto"), place("3"), place("8")], [Some(0), Some(3), None]);
        assert_eq!([place("0000:5b:00.0"), place("5B:00.0"), place("0001:5b:00.0")], [Some(5), Some(5), None]);
        assert_eq!([place("10de:2330"), place("1002:2330"), place("h100")], [Some(0), None, Some(0)]);
        assert_eq!([place("hardware"), place("software"), place("RTX 4090")], [Some(0), None, None]);
        assert!(DeviceChoice::Software.means(0, &adapter("llvmpipe", "", "cpu")));
        assert!(!DeviceChoice::Pci(String::new()).means(0, &adapter("llvmpipe", "", "cpu")));
    }
}
