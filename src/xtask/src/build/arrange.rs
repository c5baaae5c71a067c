//! Functions that are alike, side by side. A compressor writes what it has seen before as a distance
//! back, and a short one costs fewer bits: 3 % of the download, for nothing but another order.
use super::kept::Kept;
use super::shrink;
use crate::progress;
use crate::tools::Npm;
use anyhow::Result;
use std::collections::{BTreeSet, HashMap, HashSet};
use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{Parser, Payload};

/// Two functions are alike when they share runs of so many bytes.
const RUN_BYTES: usize = 6;
/// A run that so many functions have tells nothing.
const SHARED_BY_MAX: usize = 200;

/// The same module in another order.
pub(super) fn wasm(kept: &Kept, npm: &Npm, module: &[u8]) -> Result<Vec<u8>> {
    kept.or_make("arranged-2", &[module], || {
        progress::step("Arranging the module", || {
            let functions = Functions::of(module)?;
            let order = order(&functions.bodies);
            shrink::in_order_of_names(npm, &functions.named(module, &order))
        })
    })
}

/// The functions of a module: how many are imported, and the bytes of the others.
struct Functions<'a> {
    imported: u32,
    bodies: Vec<&'a [u8]>,
}

impl<'a> Functions<'a> {
    fn of(module: &'a [u8]) -> Result<Self> {
        let mut functions = Self { imported: 0, bodies: Vec::new() };
        for part in Parser::new(0).parse_all(module) {
            match part? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let is_function = matches!(import?.ty, wasmparser::TypeRef::Func(_));
                        functions.imported += u32::from(is_function);
                    }
                }
                Payload::CodeSectionEntry(body) => functions.bodies.push(&module[body.range()]),
                _ => {}
            }
        }
        Ok(functions)
    }

    /// The module with names that sort as `order` says: the only order wasm-opt can be told.
    fn named(&self, module: &[u8], order: &[usize]) -> Vec<u8> {
        let mut ranks = vec![0; order.len()];
        order.iter().enumerate().for_each(|(rank, &function)| ranks[function] = rank);
        let mut names = NameMap::new();
        for (index, rank) in (self.imported..).zip(ranks) {
            names.append(index, &format!("{rank:08}"));
        }
        let mut section = NameSection::new();
        section.functions(&names);
        let mut named = module.to_vec();
        section.append_to(&mut named);
        named
    }
}

/// The largest first, and after each one the one most like it of those that are left.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<HashSet<&[u8]>> =
        bodies.iter().map(|body| body.windows(RUN_BYTES).collect()).collect();
    let mut with_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, runs) in runs.iter().enumerate() {
        runs.iter().for_each(|run| with_run.entry(run).or_default().push(function));
    }
    let mut left: BTreeSet<(usize, usize)> =
        bodies.iter().enumerate().map(|(function, body)| (body.len(), function)).collect();
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = left.last().map(|&(_, function)| function);
    while let Some(current) = next {
        left.remove(&(bodies[current].len(), current));
        order.push(current);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for run in &runs[current] {
            let others = with_run.get(run).filter(|others| others.len() < SHARED_BY_MAX);
            for &other in others.into_iter().flatten() {
                *shared.entry(other).or_default() += 1;
            }
        }
        // Of what the two have together, the part that they share; the smaller index where two are equal.
        let likeness = |&(other, count): &(usize, usize)| {
            let all = runs[current].len() + runs[other].len() - count;
            (count * 1_000_000 / all.max(1), std::cmp::Reverse(other))
        };
        let is_left = |other: usize| left.contains(&(bodies[other].len(), other));
        let alike = shared.into_iter().filter(|&(other, _)| is_left(other)).max_by_key(likeness);
        next = alike.map(|(other, _)| other).or_else(|| left.last().map(|&(_, function)| function));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn what_is_alike_stands_side_by_side_and_nothing_is_lost() {
        let bodies: [&[u8]; 4] = [b"abcdefgh", b"12345678", b"abcdefgz", b"1234567"];
        let order = order(&bodies);
        assert_eq!(order, [2, 0, 1, 3]);
    }
}
