//! What the page is told of an epoch that is shown, and of what happened on the way.

use bottleneck::run::time::Mark;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Moment {
    pub shown: u32,
    pub reached: u32,
    pub loss: f32,
    pub present: bool,
}

#[derive(Serialize)]
pub(super) struct Told {
    epoch: u32,
    kind: &'static str,
    sentence: String,
}

pub(super) fn told(marks: Vec<Mark>) -> Vec<Told> {
    let one = |Mark { epoch, event }| Told { epoch, kind: event.kind(), sentence: event.to_string() };
    marks.into_iter().map(one).collect()
}
