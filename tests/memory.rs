//! What a link may take in memory is what its recipe says beforehand, counted where all of it is asked for.

use bottleneck::recipe::Link;
use bottleneck::run::{Session, whole};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most bytes held at once beside what was held before.
fn peak(work: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    work();
    MEMORY.peak_usage() - before
}

fn read(link: &str) -> Link {
    link.parse().expect("a link that is allowed")
}

fn train_one(link: &Link) {
    Session::new(link.clone()).train(200);
}

fn train_all(link: &Link) {
    Session::new(link.clone()).train(u32::MAX);
}

fn count_all(link: &Link) {
    whole::census(link.clone()).expect("a census");
}

fn compare_all(link: &Link) {
    let duel = whole::duel(link.clone()).expect("a duel");
    assert!(duel.is_done());
    duel.summary();
}

fn examine_all(link: &Link) {
    whole::anomalies(link.clone()).expect("anomalies").summary(0.05);
}

/// One test, as one count is kept of everything that runs.
#[test]
fn no_run_takes_more_memory_than_its_recipe_says() {
    type Work = fn(&Link);
    let runs: [(&str, Work); 10] = [
        // Pictures, wide layers, long batches, many epochs.
        ("v=1&exp=classical&side=64&count=10000&l1=64&l3=64&code=8&batch=1024&epochs=1", train_one),
        ("v=1&exp=classical&side=64&count=2000&l1=256&l3=256&code=32&batch=1024&epochs=2", train_one),
        ("v=1&exp=variational&side=48&count=4000&l1=128&l3=128&code=32&batch=512&epochs=2", train_one),
        ("v=1&exp=classical&side=4&count=1&l1=1&l3=1&batch=1&epochs=1000000", train_all),
        // Networks by the thousand.
        ("v=1&exp=minima&epochs=1&networks=200000", count_all),
        ("v=1&exp=minima&epochs=1&networks=50000&l1=8&l3=8&code=4", count_all),
        ("v=1&exp=duel&data=quad&l1=1&l3=1&epochs=1&networks=4000", compare_all),
        ("v=1&exp=duel&side=16&count=100&epochs=1&networks=100", compare_all),
        ("v=1&exp=anomalies&side=4&count=1&l1=1&l3=1&epochs=1&networks=60", examine_all),
        ("v=1&exp=anomalies&side=32&count=1000&epochs=1&networks=2", examine_all),
    ];
    for (text, work) in runs {
        let link = read(text);
        let said = link.recipe.workload().bytes as usize;
        let found = peak(|| work(&link));
        let megabytes = |bytes: usize| bytes as f64 / 1e6;
        assert!(
            found <= said,
            "{text}: {:.1} MB, where its recipe says {:.1} MB",
            megabytes(found),
            megabytes(said)
        );
    }
}
