//! Machines that compute other bits, on which nothing is compiled.
//!
//! Everywhere else Rust rounds each `f32` and `f64` operation once, as IEEE 754 says. The x87 unit of 32-bit x86 and the
//! 68881 of m68k keep longer numbers in their registers and round when these are stored, which is when the compiler
//! likes: <https://github.com/rust-lang/rust/issues/114479>.

#[cfg(any(all(target_arch = "x86", not(target_feature = "sse2")), target_arch = "m68k"))]
compile_error!(
    "Bottleneck promises the same bits on every machine, and this one rounds its numbers by chance: on 32-bit x86, \
     compile with SSE2, as for i686-unknown-linux-gnu"
);
