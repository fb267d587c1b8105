//! Files as an accident or a rogue would leave them are read or refused; none of them ends the program.

mod mutated;

use mutated::{gathered, mutated, seeds};

#[test]
fn every_seed_is_read_as_it_stands() {
    for (path, bytes) in seeds() {
        let refused = gathered(&path, &bytes).refused;
        let alone = path.contains("labels");
        assert_eq!(refused.len(), usize::from(alone), "{path}: {refused:?}");
    }
}

/// The example `mutate` goes through a million of them.
#[test]
fn a_mutated_file_is_read_or_refused_with_a_sentence() {
    let seeds = seeds();
    for number in 0..4_000 {
        let (path, bytes) = mutated(&seeds, number);
        let all = gathered(path, &bytes);
        let said = all.refused.iter().all(|refusal| !refusal.reason.is_empty());
        assert!(said && all.set.pictures().len() + all.refused.len() > 0, "mutation {number} of {path}");
    }
}

#[test]
fn a_file_cut_short_anywhere_is_read_or_refused() {
    for (path, bytes) in seeds() {
        for length in (0..bytes.len()).step_by(1 + bytes.len() / 50) {
            let all = gathered(&path, &bytes[..length]);
            assert!(all.set.pictures().len() + all.refused.len() > 0, "{length} bytes of {path}");
        }
    }
}
