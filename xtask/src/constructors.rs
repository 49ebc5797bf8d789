//! The constructors gate: the trainers' wasm must not run its constructors again at every call.
//!
//! Burn's kernel compiler registers hundreds of items in wasm constructors. When nothing calls
//! `__wasm_call_ctors`, the linker assumes a program that runs once per call and wraps every export:
//! run all constructors, then the function itself. Training then spends its time in constructors and
//! memory grows without end. The trainers call the constructors once, at start; this gate holds that.
//!
//! Names are stripped from a release, so a wrapper is known by its shape: an exported function whose very
//! first instruction calls a function without parameters or results, and the same one as other exports do.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use wasmparser::{ExternalKind, Operator, Parser, Payload, TypeRef, ValType};

use crate::{dist, project};

/// So many exports may begin with the same such call by chance.
const TOLERATED: usize = 3;

pub fn check() -> Result<()> {
    for trainer in ["trainer_cpu", "trainer_cpu_threads", "trainer_webgpu"] {
        let path = dist::file(&format!("{trainer}_bg"), "wasm")?;
        let wasm = project::read(&path)?;
        let exports = most_alike_beginnings(&wasm).with_context(|| format!("cannot read {}", project::shown(&path)))?;
        ensure!(
            exports <= TOLERATED,
            "{exports} exports of {trainer} run the constructors first: call `__wasm_call_ctors` exactly once, at its start"
        );
        println!("{trainer}: exports do not run the constructors");
    }
    Ok(())
}

/// The largest number of exported functions that begin with a call of one and the same `fn()`.
fn most_alike_beginnings(wasm: &[u8]) -> Result<usize> {
    let module = Module::parse(wasm)?;
    let mut beginnings = BTreeMap::new();
    for function in &module.exports {
        if let Some(called) = module.first_call(*function)? {
            *beginnings.entry(called).or_insert(0) += 1;
        }
    }
    Ok(beginnings.into_values().max().unwrap_or(0))
}

#[derive(Default)]
struct Module<'a> {
    /// For each type: has it neither parameters nor results?
    plain_types: Vec<bool>,
    /// The type of each function, imported ones first.
    functions: Vec<u32>,
    imported: usize,
    exports: Vec<u32>,
    bodies: Vec<wasmparser::FunctionBody<'a>>,
}

impl<'a> Module<'a> {
    fn parse(wasm: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => {
                    for function in types.into_iter_err_on_gc_types() {
                        let function = function?;
                        let nothing: &[ValType] = &[];
                        module.plain_types.push(function.params() == nothing && function.results() == nothing);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let TypeRef::Func(of_type) = import?.ty {
                            module.functions.push(of_type);
                        }
                    }
                    module.imported = module.functions.len();
                }
                Payload::FunctionSection(functions) => {
                    for of_type in functions {
                        module.functions.push(of_type?);
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            module.exports.push(export.index);
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => module.bodies.push(body),
                _ => {}
            }
        }
        Ok(module)
    }

    /// The `fn()` that a function calls as its first instruction, if it does.
    fn first_call(&self, function: u32) -> Result<Option<u32>> {
        let Some(body) = (function as usize).checked_sub(self.imported).and_then(|index| self.bodies.get(index)) else {
            return Ok(None); // an import passed on
        };
        let Operator::Call { function_index } = body.get_operators_reader()?.read()? else { return Ok(None) };
        let of_type = self.functions.get(function_index as usize).map(|of_type| *of_type as usize);
        let plain = of_type.and_then(|of_type| self.plain_types.get(of_type)).copied().unwrap_or(false);
        Ok(plain.then_some(function_index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of four exports, each beginning with `first`, and an import to shift the indices.
    fn module(first: &str) -> Vec<u8> {
        let export = |name: &str| format!("(func (export \"{name}\") (param i32) (result i32) {first} local.get 0 call $work)");
        let exports: String = ["malloc", "free", "step", "start"].map(export).concat();
        let text = format!(
            "(module (import \"page\" \"log\" (func $log (param i32)))
                (func $constructors nop)
                (func $work (param i32) (result i32) local.get 0)
                {exports})"
        );
        wat::parse_str(text).unwrap()
    }

    #[test]
    fn exports_wrapped_by_the_linker_are_found() {
        assert_eq!(most_alike_beginnings(&module("call $constructors")).unwrap(), 4);
    }

    #[test]
    fn exports_that_go_straight_to_work_pass() {
        assert_eq!(most_alike_beginnings(&module("")).unwrap(), 0);
    }

    #[test]
    fn a_shared_call_with_arguments_is_no_constructor() {
        assert_eq!(most_alike_beginnings(&module("i32.const 1 call $log")).unwrap(), 0);
    }

    #[test]
    fn something_else_than_wasm_is_refused() {
        assert!(most_alike_beginnings(b"<html>").is_err());
    }
}
