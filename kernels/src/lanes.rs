//! Four numbers in one register: what the compiler does not find by itself in the larger loops.

use crate::{BLOCK, LANES};
use instructions::Register;

/// Four numbers that are computed with at once.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Lanes(Register);

impl Lanes {
    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(number: f32) -> Self {
        Self(instructions::splat(number))
    }

    #[inline(always)]
    pub fn load(numbers: &[f32; LANES]) -> Self {
        // SAFETY: a register is four numbers, and every bit pattern is one.
        Self(unsafe { std::mem::transmute::<[f32; LANES], Register>(*numbers) })
    }

    #[inline(always)]
    pub fn numbers(self) -> [f32; LANES] {
        // SAFETY: as in `load`.
        unsafe { std::mem::transmute::<Register, [f32; LANES]>(self.0) }
    }

    /// `self + left · right`, rounded twice: without fused multiply-add the sums are the same on every machine.
    #[inline(always)]
    pub fn add_product(self, left: Self, right: Self) -> Self {
        Self(instructions::add(self.0, instructions::multiply(left.0, right.0)))
    }
}

/// A block of channels in registers.
pub(crate) type Sums = [Lanes; BLOCK / LANES];

#[inline(always)]
pub(crate) fn registers(block: &[f32; BLOCK]) -> Sums {
    let [a, b, c, d, e, f, g, h] = *block;
    [Lanes::load(&[a, b, c, d]), Lanes::load(&[e, f, g, h])]
}

#[inline(always)]
pub(crate) fn numbers([low, high]: Sums) -> [f32; BLOCK] {
    let ([a, b, c, d], [e, f, g, h]) = (low.numbers(), high.numbers());
    [a, b, c, d, e, f, g, h]
}

#[cfg(target_arch = "x86_64")]
mod instructions {
    use std::arch::x86_64::{__m128, _mm_add_ps, _mm_mul_ps, _mm_set1_ps};

    pub type Register = __m128;

    #[inline(always)]
    pub fn splat(number: f32) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_set1_ps(number) }
    }

    #[inline(always)]
    pub fn add(left: Register, right: Register) -> Register {
        // SAFETY: as in `splat`.
        unsafe { _mm_add_ps(left, right) }
    }

    #[inline(always)]
    pub fn multiply(left: Register, right: Register) -> Register {
        // SAFETY: as in `splat`.
        unsafe { _mm_mul_ps(left, right) }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod instructions {
    pub use std::arch::wasm32::{f32x4_add as add, f32x4_mul as multiply, f32x4_splat as splat, v128 as Register};
}

/// Where no intrinsics are known here, the compiler does what it can.
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod instructions {
    use crate::LANES;

    pub type Register = [f32; LANES];

    pub fn splat(number: f32) -> Register {
        [number; LANES]
    }

    pub fn add(left: Register, right: Register) -> Register {
        std::array::from_fn(|lane| left[lane] + right[lane])
    }

    pub fn multiply(left: Register, right: Register) -> Register {
        std::array::from_fn(|lane| left[lane] * right[lane])
    }
}
