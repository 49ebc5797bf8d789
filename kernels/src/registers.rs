//! A block of channels in registers: what the compiler does not find by itself in the larger loops.
//!
//! One register of eight numbers where the build may count on it (`-C target-cpu=native`), two of four elsewhere. Every
//! number is added and multiplied by itself, so how many a register holds changes no result.

use crate::BLOCK;
use instructions::Register;

/// Registers that hold a block.
const REGISTERS: usize = size_of::<[f32; BLOCK]>() / size_of::<Register>();

/// A block of numbers that are computed with at once.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Block([Register; REGISTERS]);

impl Block {
    /// The same number everywhere.
    #[inline(always)]
    pub fn splat(number: f32) -> Self {
        Self([instructions::splat(number); REGISTERS])
    }

    #[inline(always)]
    pub fn load(numbers: &[f32; BLOCK]) -> Self {
        // SAFETY: the registers are as many bytes as the numbers, and every bit pattern is one.
        Self(unsafe { std::mem::transmute::<[f32; BLOCK], [Register; REGISTERS]>(*numbers) })
    }

    #[inline(always)]
    pub fn numbers(self) -> [f32; BLOCK] {
        // SAFETY: as in `load`.
        unsafe { std::mem::transmute::<[Register; REGISTERS], [f32; BLOCK]>(self.0) }
    }

    /// `self + left · right`, rounded twice: without fused multiply-add the sums are the same on every machine.
    #[inline(always)]
    pub fn add_product(self, left: Self, right: Self) -> Self {
        Self(std::array::from_fn(|register| {
            instructions::add(self.0[register], instructions::multiply(left.0[register], right.0[register]))
        }))
    }
}

#[cfg(target_feature = "avx")]
mod instructions {
    use std::arch::x86_64::{__m256, _mm256_add_ps, _mm256_mul_ps, _mm256_set1_ps};

    pub type Register = __m256;

    #[inline(always)]
    pub fn splat(number: f32) -> Register {
        // SAFETY: the build counts on AVX.
        unsafe { _mm256_set1_ps(number) }
    }

    #[inline(always)]
    pub fn add(left: Register, right: Register) -> Register {
        // SAFETY: as in `splat`.
        unsafe { _mm256_add_ps(left, right) }
    }

    #[inline(always)]
    pub fn multiply(left: Register, right: Register) -> Register {
        // SAFETY: as in `splat`.
        unsafe { _mm256_mul_ps(left, right) }
    }
}

#[cfg(all(target_arch = "x86_64", not(target_feature = "avx")))]
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
    use crate::BLOCK;

    pub type Register = [f32; BLOCK];

    pub fn splat(number: f32) -> Register {
        [number; BLOCK]
    }

    pub fn add(left: Register, right: Register) -> Register {
        std::array::from_fn(|lane| left[lane] + right[lane])
    }

    pub fn multiply(left: Register, right: Register) -> Register {
        std::array::from_fn(|lane| left[lane] * right[lane])
    }
}
