//! A network in a safetensors file, as the page and this program save them.

use super::report;
use bottleneck::autoencoder::{Architecture, Biases, Layer, Model, Network};
use bottleneck::recipe::{Digest, Experiment, keys};
use safetensors::{Dtype, SafeTensors};
use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;

/// The most bytes that are read: the largest network of a recipe has 8.5 MB.
const MOST_BYTES: u64 = 16_000_000;
/// Sides of the pictures that a network of this program may copy, in pixels.
const SIDES: RangeInclusive<usize> = 2..=64;
/// As much of somebody else's text as a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 100;

/// A network, and what its file says of it.
pub struct Saved {
    pub network: Network,
    note: BTreeMap<String, String>,
}

/// Reads the file that an option names.
///
/// # Errors
///
/// A sentence that names the file and what is wrong with it.
pub fn read(option: &str, path: &str) -> Result<Saved, String> {
    let unread = |reason: String| format!("{option} {path} cannot be read: {reason}");
    let about = fs::metadata(path).map_err(|error| unread(error.to_string()))?;
    if !about.is_file() {
        // A pipe or a device might never end.
        return Err(unread("it is no file".into()));
    }
    if about.len() > MOST_BYTES {
        return Err(unread("it has more than 16 MB, and no network of this program has".into()));
    }
    let bytes = fs::read(path).map_err(|error| unread(error.to_string()))?;
    Saved::parse(&bytes).map_err(unread)
}

impl Saved {
    /// The opposite of [`Network::safetensors`]. Which layers were to have biases is not in a file; here all have them,
    /// zero or not, which computes the same.
    ///
    /// # Errors
    ///
    /// A sentence, unless the file is whole and holds exactly the tensors of a network that a recipe can ask for, each of
    /// 32-bit floats, all of them finite, in shapes that fit one another.
    fn parse(bytes: &[u8]) -> Result<Saved, String> {
        let unfit =
            |error: &dyn std::fmt::Display| format!("it is no whole safetensors file: {}", quote(error));
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| unfit(&error))?;
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| unfit(&error))?;
        let architecture = architecture(&tensors)?;
        let mut parameters = Vec::with_capacity(architecture.n_parameters());
        let layers = architecture.layers();
        for Layer { name, n_in, n_out, .. } in layers.iter() {
            parameters.extend(numbers(&tensors, &format!("{name}.weight"), &[*n_in, *n_out])?);
            parameters.extend(numbers(&tensors, &format!("{name}.bias"), &[*n_out])?);
        }
        let known =
            |name: &str| layers.iter().any(|layer| name.strip_prefix(layer.name).is_some_and(is_part));
        if let Some(other) = tensors.names().into_iter().filter(|name| !known(name)).min() {
            return Err(format!("no network of this program has a tensor {}", quote(&other)));
        }
        if !parameters.iter().all(|number| number.is_finite()) {
            return Err("not all of its numbers are finite: the network diverged".into());
        }
        let note = header.metadata().iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
        Ok(Saved { network: Network::new(architecture, parameters), note: note.collect() })
    }

    /// Width and height of the pictures that it copies.
    pub fn side(&self) -> u32 {
        // At most 64, as its file was read.
        self.network.architecture().n_pixels.isqrt() as u32
    }

    /// The digest of its parameters.
    pub fn digest(&self) -> Digest {
        Digest::of_parameters(self.network.parameters())
    }

    /// The link that trained it, as its file says; nobody has checked that.
    pub fn link(&self) -> Option<&str> {
        self.note.get("link").map(String::as_str)
    }

    /// The threshold that was saved with it.
    ///
    /// # Errors
    ///
    /// A sentence, where that is no number that a score can be held against.
    pub fn threshold(&self) -> Result<Option<f32>, String> {
        let Some(text) = self.note.get("threshold") else { return Ok(None) };
        threshold(text).map(Some).ok_or_else(|| {
            format!("the threshold in the network's file is {}, which is no number from 0 on", quote(text))
        })
    }
}

/// A threshold: a finite number from 0 on.
pub fn threshold(text: &str) -> Option<f32> {
    text.parse().ok().filter(|level: &f32| level.is_finite() && *level >= 0.0)
}

fn is_part(rest: &str) -> bool {
    [".weight", ".bias"].contains(&rest)
}

/// The sizes that the shapes of the weights say, each in the range of its key.
fn architecture(tensors: &SafeTensors) -> Result<Architecture, String> {
    let sizes = |name: &str| match tensors.tensor(name).map(|tensor| tensor.shape().to_vec()).as_deref() {
        Ok(&[n_in, n_out]) => Ok((n_in, n_out)),
        Ok(_) => Err(format!("its tensor {name} is no matrix")),
        Err(_) => Err(missing(name)),
    };
    let ((n_pixels, l1), (_, code), (_, l3)) =
        (sizes("l1.weight")?, sizes("code.weight")?, sizes("l3.weight")?);
    let side = n_pixels.isqrt();
    if side * side != n_pixels || !SIDES.contains(&side) {
        return Err(format!(
            "its layer l1 has {n_pixels} inputs, and pictures are squares of {} to {} pixels across",
            SIDES.start(),
            SIDES.end()
        ));
    }
    for (name, found) in [("l1", l1), ("code", code), ("l3", l3)] {
        in_range(name, found)?;
    }
    let is_variational = tensors.names().iter().any(|name| name.starts_with("log_var."));
    let model = if is_variational { Model::Variational } else { Model::Classical };
    Ok(Architecture { model, n_pixels, l1, code, l3, biases: Biases::All })
}

/// A width, held against the key of a recipe with the same name.
fn in_range(name: &str, found: usize) -> Result<(), String> {
    let key = keys::find(name).expect("the sizes of a network are keys of a recipe");
    let keys::ValueKind::Integer { min, max, .. } = key.kind else { panic!("{name} is a whole number") };
    match u32::try_from(found).is_ok_and(|found| (min..=max).contains(&found)) {
        true => Ok(()),
        false => {
            Err(format!("its {name} is {found} wide, where {name} takes {}", key.rule(Experiment::Classical)))
        }
    }
}

/// The numbers of one tensor.
fn numbers(tensors: &SafeTensors, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
    let tensor = tensors.tensor(name).map_err(|_| missing(name))?;
    if tensor.dtype() != Dtype::F32 {
        return Err(format!("its tensor {name} is of {:?}, not of F32", tensor.dtype()));
    }
    if tensor.shape() != shape {
        return Err(format!("its tensor {name} has the shape {:?} instead of {shape:?}", tensor.shape()));
    }
    let (values, _) = tensor.data().as_chunks();
    Ok(values.iter().map(|&four| f32::from_le_bytes(four)).collect())
}

fn missing(name: &str) -> String {
    format!("its tensor {name} is missing")
}

/// What somebody else wrote, short and without anything that would move the cursor.
fn quote(text: &dyn std::fmt::Display) -> String {
    let text = text.to_string();
    let short: String = text.chars().take(LONGEST_QUOTE).collect();
    report::shown(&short) + if short.len() < text.len() { "…" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn network(model: Model) -> Network {
        let architecture = Architecture { model, n_pixels: 16, l1: 3, code: 2, l3: 4, biases: Biases::All };
        let parameters = (0..architecture.n_parameters()).map(|i| (i as f32).sqrt() - 5.0).collect();
        Network::new(architecture, parameters)
    }

    fn file(model: Model) -> Vec<u8> {
        network(model).safetensors(&[("link", "v=1&exp=own"), ("threshold", "0.0123")])
    }

    /// The file with another header, of whatever length.
    fn with_header(file: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
        let end = 8 + u64::from_le_bytes(file[..8].try_into().expect("eight bytes")) as usize;
        let mut header: Value = serde_json::from_slice(&file[8..end]).expect("JSON");
        change(&mut header);
        let header = header.to_string();
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &file[end..]].concat()
    }

    fn refusal(bytes: &[u8]) -> String {
        Saved::parse(bytes).err().expect("a refusal")
    }

    #[test]
    fn what_is_saved_comes_back_bit_by_bit() {
        for model in [Model::Classical, Model::Variational] {
            let saved = Saved::parse(&file(model)).expect("a whole file");
            assert_eq!(saved.network, network(model));
            assert_eq!((saved.side(), saved.link()), (4, Some("v=1&exp=own")));
            assert_eq!(saved.threshold(), Ok(Some(0.0123)));
            assert_eq!(saved.digest(), Digest::of_parameters(network(model).parameters()));
        }
    }

    #[test]
    fn the_order_of_tensors_in_a_file_is_nobodys_business() {
        // As the safetensors of other programs, which sort by name.
        let network = network(Model::Variational);
        let numbers: Vec<(String, Vec<usize>, Vec<u8>)> = network
            .architecture()
            .layers()
            .iter()
            .flat_map(|layer| {
                let (w, b) = network.layer(layer);
                let bytes = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
                [
                    (
                        format!("{}.weight", layer.name),
                        vec![layer.n_in, layer.n_out],
                        bytes(&bottleneck::num::matrix::flat(&w)),
                    ),
                    (format!("{}.bias", layer.name), vec![layer.n_out], bytes(b)),
                ]
            })
            .collect();
        let views = numbers.iter().map(|(name, shape, bytes)| {
            let view = safetensors::tensor::TensorView::new(Dtype::F32, shape.clone(), bytes);
            (name.as_str(), view.expect("as many bytes as the shape asks for"))
        });
        let file = safetensors::serialize(views, None).expect("a file");
        assert_eq!(Saved::parse(&file).expect("a whole file").network, network);
    }

    #[test]
    fn what_no_network_of_this_program_has_is_refused_with_a_sentence() {
        let whole = file(Model::Classical);
        let header = |change: &dyn Fn(&mut Value)| refusal(&with_header(&whole, change));
        let unfit = "it is no whole safetensors file: ";
        assert_eq!(refusal(&[]), format!("{unfit}header too small"));
        assert_eq!(
            refusal(&[whole.clone(), vec![0; 4]].concat()),
            format!("{unfit}incomplete metadata, file not fully covered")
        );
        assert_eq!(
            refusal(&whole[..whole.len() - 1]),
            format!("{unfit}incomplete metadata, file not fully covered")
        );
        assert_eq!(refusal(&[&[255; 8], &whole[8..]].concat()), format!("{unfit}header too large"));
        let lying = header(&|all| all["l1.weight"]["shape"] = json!([16, u64::MAX]));
        assert_eq!(lying, format!("{unfit}overflow computing buffer size from shape and/or element type"));
        let half = header(&|all| {
            all["code.bias"] = json!({ "dtype": "F16", "shape": [4], "data_offsets": [228, 236] })
        });
        assert_eq!(half, "its tensor code.bias is of F16, not of F32");
        let turned = header(&|all| all["l1.weight"]["shape"] = json!([3, 16]));
        assert_eq!(turned, "its layer l1 has 3 inputs, and pictures are squares of 2 to 64 pixels across");
        let flat = header(&|all| all["l1.weight"]["shape"] = json!([48]));
        assert_eq!(flat, "its tensor l1.weight is no matrix");
        let narrow = header(&|all| all["l3.weight"]["shape"] = json!([4, 2]));
        assert_eq!(narrow, "its tensor l3.weight has the shape [4, 2] instead of [2, 2]");
        let renamed = |from: &'static str, to: &'static str| {
            header(&move |all| {
                let tensor = all.as_object_mut().and_then(|all| all.remove(from)).expect("a tensor");
                all[to] = tensor;
            })
        };
        assert_eq!(renamed("l3.bias", "l4.bias"), "its tensor l3.bias is missing");
        assert_eq!(
            renamed("l3.bias", "log_var.weight"),
            "its tensor log_var.weight has the shape [4] instead of [3, 2]"
        );
        let more = header(&|all| {
            all["extra\u{7}"] = json!({ "dtype": "F32", "shape": [0], "data_offsets": [0, 0] })
        });
        assert_eq!(more, "no network of this program has a tensor extra\\u{7}");
    }

    #[test]
    fn widths_that_no_recipe_has_are_refused() {
        let of = |n_pixels, l1, code, l3| {
            let sizes = Architecture { model: Model::Classical, n_pixels, l1, code, l3, biases: Biases::All };
            refusal(&Network::new(sizes, vec![0.0; sizes.n_parameters()]).safetensors(&[]))
        };
        assert_eq!(of(16, 257, 1, 1), "its l1 is 257 wide, where l1 takes a whole number from 1 to 256");
        assert_eq!(of(16, 1, 33, 1), "its code is 33 wide, where code takes a whole number from 1 to 32");
        assert_eq!(of(16, 1, 1, 0), "its l3 is 0 wide, where l3 takes a whole number from 1 to 256");
        assert_eq!(
            of(65 * 65, 1, 1, 1),
            "its layer l1 has 4225 inputs, and pictures are squares of 2 to 64 pixels across"
        );
    }

    #[test]
    fn a_network_that_diverged_and_a_threshold_that_is_none_are_refused() {
        let sizes = *network(Model::Classical).architecture();
        for number in [f32::NAN, f32::INFINITY] {
            let file = Network::new(sizes, vec![number; sizes.n_parameters()]).safetensors(&[]);
            assert_eq!(refusal(&file), "not all of its numbers are finite: the network diverged");
        }
        for text in ["", "high", "-1", "NaN", "inf", "1e999"] {
            let file = network(Model::Classical).safetensors(&[("threshold", text)]);
            let saved = Saved::parse(&file).expect("a whole file");
            assert!(saved.threshold().is_err(), "{text}");
        }
    }

    /// Every cut, every byte of the header turned into some others, and lengths that lie.
    #[test]
    fn a_mutated_file_is_read_or_refused_and_ends_no_program() {
        for model in [Model::Classical, Model::Variational] {
            let whole = file(model);
            let end = 8 + u64::from_le_bytes(whole[..8].try_into().expect("eight bytes")) as usize;
            for length in 0..whole.len() {
                assert!(!refusal(&whole[..length]).is_empty());
            }
            let mut read = 0;
            for at in 0..end {
                for byte in (0..=255).step_by(3).chain(*b"0189[]{}\",:-") {
                    let mut mutated = whole.clone();
                    mutated[at] = byte;
                    match Saved::parse(&mutated) {
                        Ok(saved) => {
                            assert_eq!(saved.network.parameters(), network(model).parameters());
                            read += 1;
                        }
                        Err(sentence) => {
                            assert!(
                                !sentence.contains(char::is_control) && sentence.chars().count() < 300,
                                "{sentence}"
                            );
                        }
                    }
                }
            }
            // Those of the metadata, and white space.
            assert!(read > 1000, "{read}");
        }
    }
}
