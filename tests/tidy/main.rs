//! The rules of the house: which way dependencies point, and what is absent where.
//!
//! Each rule is a function from a file to the lines that break it. It is tested twice: nothing in the tree breaks it,
//! and a copy of the tree with an offence in it does.

mod actions;
mod figures;
mod rust;
mod scripts;
mod source;
mod version;
mod words;
