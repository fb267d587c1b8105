//! A network as a file that other programs read.

use super::Network;
use std::fmt::Write;

impl Network {
    /// The network in the [safetensors](https://huggingface.co/docs/safetensors) format.
    ///
    /// Two tensors of 32-bit floats for each layer of [`Architecture::layers`](super::Architecture::layers),
    /// for `y = x·W + b`:
    ///
    /// | name                                   | shape           |
    /// |----------------------------------------|-----------------|
    /// | `l1.weight`, `l1.bias`                 | `[D, l1]`, `[l1]` |
    /// | `code.weight`, `code.bias` (of μ)      | `[l1, code]`, `[code]` |
    /// | `log_var.weight`, `log_var.bias`       | the same, variational only |
    /// | `l3.weight`, `l3.bias`                 | `[code, l3]`, `[l3]` |
    /// | `output.weight`, `output.bias`         | `[l3, D]`, `[D]` |
    ///
    /// The tensors follow one another in this order, so the bytes after the header are those that the
    /// digest is made of. `note` becomes the file's metadata: pairs of printable ASCII without quotes
    /// and backslashes, as links are; other characters become `?`.
    ///
    /// ```
    /// use bottleneck::autoencoder::{Architecture, Biases, Model, Network};
    /// let paper = Architecture { model: Model::Classical, n_pixels: 4, l1: 2, code: 1, l3: 2, biases: Biases::All };
    /// let file = Network::new(paper, vec![0.5; 29]).safetensors(&[("made", "by hand")]);
    /// let header = 8 + u64::from_le_bytes(file[..8].try_into()?) as usize;
    /// assert_eq!((header % 8, file.len() - header), (0, 4 * 29));
    /// # Ok::<(), std::array::TryFromSliceError>(())
    /// ```
    pub fn safetensors(&self, note: &[(&str, &str)]) -> Vec<u8> {
        let mut header = String::from("{\"__metadata__\":{");
        for (position, (key, value)) in note.iter().enumerate() {
            let comma = if position == 0 { "" } else { "," };
            // Writing into a string cannot fail.
            let _ = write!(header, "{comma}\"{}\":\"{}\"", plain(key), plain(value));
        }
        header.push('}');
        for layer in self.architecture().layers().iter() {
            let (name, n_in, n_out) = (layer.name, layer.n_in, layer.n_out);
            let at = [layer.weights.start, layer.biases.start, layer.biases.end].map(|place| 4 * place);
            let _ = write!(
                header,
                ",\"{name}.weight\":{{\"dtype\":\"F32\",\"shape\":[{n_in},{n_out}],\"data_offsets\":[{},{}]}}\
                 ,\"{name}.bias\":{{\"dtype\":\"F32\",\"shape\":[{n_out}],\"data_offsets\":[{},{}]}}",
                at[0], at[1], at[1], at[2]
            );
        }
        header.push('}');
        // The numbers begin at a multiple of eight bytes.
        header.extend(std::iter::repeat_n(' ', header.len().wrapping_neg() % 8));
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend_from_slice(header.as_bytes());
        file.extend(self.parameters().iter().flat_map(|value| value.to_le_bytes()));
        file
    }
}

fn plain(text: &str) -> String {
    let allowed = |c: char| matches!(c, ' '..='~') && c != '"' && c != '\\';
    text.chars().map(|c| if allowed(c) { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Architecture, Biases, Model};
    use super::*;
    use serde_json::{Value, from_slice, json};

    fn file(model: Model, note: &[(&str, &str)]) -> (Value, Vec<u8>) {
        let architecture = Architecture { model, n_pixels: 9, l1: 3, code: 2, l3: 4, biases: Biases::All };
        let parameters = (0..architecture.n_parameters()).map(|i| i as f32).collect();
        let file = Network::new(architecture, parameters).safetensors(note);
        let length = u64::from_le_bytes(file[..8].try_into().expect("eight bytes")) as usize;
        assert_eq!(length % 8, 0);
        (from_slice(&file[8..8 + length]).expect("JSON"), file[8 + length..].to_vec())
    }

    #[test]
    fn every_number_has_one_place_and_a_shape_that_fits_it() {
        for model in [Model::Classical, Model::Variational] {
            let (header, numbers) = file(model, &[("link", "v=1&exp=inside")]);
            assert_eq!(header["__metadata__"], json!({ "link": "v=1&exp=inside" }));
            let mut tensors: Vec<_> = header
                .as_object()
                .expect("an object")
                .iter()
                .filter(|(name, _)| *name != "__metadata__")
                .collect();
            tensors.sort_by_key(|(_, tensor)| tensor["data_offsets"][0].as_u64());
            let mut end = 0;
            for (name, tensor) in tensors {
                let size: u64 =
                    tensor["shape"].as_array().expect("a shape").iter().filter_map(Value::as_u64).product();
                assert_eq!(tensor["data_offsets"], json!([end, end + 4 * size]), "{name}");
                end += 4 * size;
            }
            assert_eq!(end, numbers.len() as u64);
        }
    }

    #[test]
    fn names_and_shapes_are_the_documented_ones() {
        let (header, numbers) = file(Model::Variational, &[]);
        assert_eq!(header["l1.weight"], json!({ "dtype": "F32", "shape": [9, 3], "data_offsets": [0, 108] }));
        assert_eq!(header["log_var.bias"]["shape"], json!([2]));
        assert_eq!(header["output.weight"]["shape"], json!([4, 9]));
        assert_eq!(numbers[4..8], 1.0_f32.to_le_bytes(), "row by row, as the digest has them");
    }

    #[test]
    fn a_note_cannot_break_the_header() {
        let (header, _) = file(Model::Classical, &[("a", "\"}\\\n\u{fc}"), ("b", "c")]);
        assert_eq!(header["__metadata__"], json!({ "a": "?}???", "b": "c" }));
    }
}
