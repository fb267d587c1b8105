//! Transcendental functions of `f64` to its last digit but one, for what is computed once, after training.
//!
//! From the crate `libm`, which is written in plain Rust: the same bits everywhere, unlike the platform's. Its parts for
//! single architectures are left out.

/// eˣ.
pub use libm::exp;
/// ln x.
pub use libm::log as ln;
/// ln(1 + x), to all digits for small x, too.
pub use libm::log1p as ln_1p;
