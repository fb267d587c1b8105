//! The code of a network, over its training set: how it is distributed, where it tears, why it may be stuck, what lies idle, a walk along it.

pub mod codes;
pub mod diagnosis;
pub mod idle;
pub mod tear;
pub mod walk;
