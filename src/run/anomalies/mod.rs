//! Does it find the defect? Networks and plain methods, examined on the same images.
//!
//! Each method reconstructs an image; the mean squared residual is its decision score. Thresholds
//! are set on normal images that nobody was trained on, and never on defects. Networks come from
//! outside, one by one ([`Anomalies::adopt`]): they are the same, to the bit, as a [`Session`] of
//! [`NetworkKind::alone`] trains, wherever that happens.
//!
//! [`Session`]: super::Session

mod exam;
mod methods;
mod report;
mod sets;
mod summary;

pub use crate::recipe::WIDER;
pub use exam::{Exam, STILL_A_LINE};
pub use methods::{KINDS, METHODS, Method, NetworkKind, Way};
pub use report::{Cell, FALSE_ALARMS, Flagged, Histograms, Scored, Spread, spread};
pub use sets::{Condition, MOST_CONDITIONS, N_NORMAL, N_SPOILT, N_THRESHOLD, conditions};
pub use summary::{LEVEL_WITHIN, Summary, Versus};

use super::{Verdict, setup};
use crate::analysis::baselines::{self, NearestImage, Pca};
use crate::autoencoder::Network;
use crate::data::{Defect, HalfPlanes, Images};
use crate::error::Error;
use crate::num::matrix::{owned, row, row_mut};
use crate::recipe::{CheckedRecipe, Digest, Digester, Experiment, Link, Painting};
use methods::MOST_COMPONENTS;
use ndarray::Array2;
use sets::Sets;

/// One network as far as it has come.
enum Trained {
    Network { network: Network, finished: bool },
    Diverged { epoch: u32 },
}

/// What the methods make of one image.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Decision scores: by method, then by network (one for a plain method); `None` where it is not there.
    pub scores: Vec<Vec<Option<f32>>>,
    /// Reconstructions `[methods, n_pixels]` by the network that was asked for; zeros where it is not there.
    pub outputs: Array2<f32>,
    /// How far each pixel of these is off, `[methods, n_pixels]`, without sign.
    pub residuals: Array2<f32>,
    /// By method: whether that reconstruction is a line.
    pub lines: Vec<bool>,
}

/// The examination of a link's networks beside methods that train nothing.
///
/// ```
/// use bottleneck::recipe::Link;
/// use bottleneck::run::anomalies::{Anomalies, KINDS};
/// use bottleneck::run::Session;
///
/// let link = Link::parse("v=1&exp=anomalies&side=8&count=50&epochs=1&networks=1")?;
/// let mut anomalies = Anomalies::new(link)?;
/// while !anomalies.prepare() {} // the plain methods
/// for (kind, of) in KINDS.into_iter().enumerate() {
///     let mut session = Session::new(of.alone(anomalies.recipe(), 0)?.into());
///     session.train(u32::MAX);
///     anomalies.adopt(kind, 0, session.network().parameters().to_vec(), true)?;
/// }
/// assert!(anomalies.digest()?.is_some());
/// assert!(anomalies.parameters(0, 0).is_some());
/// # Ok::<(), bottleneck::Error>(())
/// ```
pub struct Anomalies {
    link: Link,
    conditions: Vec<Condition>,
    planes: HalfPlanes,
    nearest: NearestImage,
    pca: Pca,
    sets: Sets,
    /// By kind, then by network.
    trained: Vec<Vec<Option<Trained>>>,
    /// By method, then by network.
    exams: Vec<Vec<Option<Exam>>>,
}

impl Anomalies {
    /// With its images, and nothing examined yet.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`] for a link of another experiment.
    pub fn new(link: Link) -> Result<Anomalies, Error> {
        let recipe = &link.recipe;
        if recipe.exp != Experiment::Anomalies {
            let value = recipe.exp.name().into();
            return Err(Error::UnusedKey { key: "exp", value, experiment: Experiment::Anomalies.name() });
        }
        let images = setup::images(recipe);
        let planes = HalfPlanes::new(recipe.side);
        let networks = recipe.networks as usize;
        let places = |way| if matches!(way, Way::Network(..)) { networks } else { 1 };
        Ok(Anomalies {
            conditions: conditions(recipe.side),
            sets: Sets::new(recipe, &planes),
            nearest: NearestImage::new(&images),
            pca: Pca::fit(&images, MOST_COMPONENTS, recipe.dataseed),
            trained: KINDS.iter().map(|_| (0..networks).map(|_| None).collect()).collect(),
            exams: METHODS.iter().map(|method| vec![None; places(method.way)]).collect(),
            planes,
            link,
        })
    }

    /// The rows of its table.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Examines one more of the plain methods; true when none is left.
    pub fn prepare(&mut self) -> bool {
        let waiting = |m: &usize| !matches!(METHODS[*m].way, Way::Network(..)) && self.exams[*m][0].is_none();
        let Some(m) = (0..METHODS.len()).find(waiting) else {
            return true;
        };
        self.examine(m, 0);
        false
    }

    /// Takes network `k` of a kind, trained elsewhere, and examines it: one that has `finished`, or one
    /// on its way, which a later one replaces.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] where there is no such network, [`Error::Shape`] where the parameters do
    /// not fit it.
    pub fn adopt(&mut self, kind: usize, k: u32, parameters: Vec<f32>, finished: bool) -> Result<(), Error> {
        let recipe = KINDS[kind].alone(&self.link.recipe, k)?;
        let architecture = setup::architecture(&recipe, KINDS[kind].model);
        let (expected, found) = (architecture.n_parameters(), parameters.len());
        if found != expected {
            return Err(Error::Shape { what: "Anomalies::adopt: parameters", expected, found });
        }
        let network = Network::new(architecture, parameters);
        self.trained[kind][k as usize] = Some(Trained::Network { network, finished });
        for m in 0..METHODS.len() {
            if matches!(METHODS[m].way, Way::Network(of, _) if of == kind) {
                self.examine(m, k as usize);
            }
        }
        Ok(())
    }

    /// Notes that a network left the finite numbers; it is examined no more and counts in no figure.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] where there is no such network.
    pub fn adopt_diverged(&mut self, kind: usize, k: u32, epoch: u32) -> Result<(), Error> {
        KINDS[kind].alone(&self.link.recipe, k)?;
        self.trained[kind][k as usize] = Some(Trained::Diverged { epoch });
        for (method, exams) in METHODS.iter().zip(&mut self.exams) {
            if matches!(method.way, Way::Network(of, _) if of == kind) {
                exams[k as usize] = None;
            }
        }
        Ok(())
    }

    fn examine(&mut self, m: usize, k: usize) {
        let reconstruct =
            |images: &Images, indices: &[u32]| self.reconstruct(m, k, images, indices).unwrap_or_default();
        let exam = Exam::of(&self.sets, &self.planes, reconstruct);
        self.exams[m][k] = Some(exam);
    }

    /// What method `m` (its network `k`) makes of images, `[indices, n_pixels]`; `None` where it is not there.
    fn reconstruct(&self, m: usize, k: usize, images: &Images, indices: &[u32]) -> Option<Array2<f32>> {
        let plain = |one: &dyn Fn(&[u8]) -> Vec<f32>| {
            let outputs = indices.iter().flat_map(|&i| one(images.image(i as usize))).collect();
            Some(owned([indices.len(), images.n_pixels()], outputs))
        };
        let floats = |pixels: Vec<u8>| pixels.into_iter().map(f32::from).collect();
        match METHODS[m].way {
            Way::Network(kind, activation) => match &self.trained[kind][k] {
                Some(Trained::Network { network, .. }) => {
                    Some(network.reconstruct(images, indices, activation))
                }
                _ => None,
            },
            Way::Pca(components) => plain(&|image| self.pca.reconstruct(image, components)),
            Way::NearestImage => plain(&|image| floats(self.nearest.of(image))),
            Way::HalfPlane => plain(&|image| floats(baselines::half_plane(&self.planes, image))),
        }
    }

    /// What all methods make of one image, shown by network `k` of each kind.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] unless the image has the recipe's size.
    pub fn judge(&self, pixels: &[u8], k: u32) -> Result<Judgement, Error> {
        let (expected, found) = (self.link.recipe.pixels() as usize, pixels.len());
        if found != expected {
            return Err(Error::Shape { what: "Anomalies::judge: pixels", expected, found });
        }
        let images = Images::new(self.link.recipe.side, pixels.to_vec(), Vec::new());
        let shape = (self.exams.len(), expected);
        let (outputs, residuals) = (Array2::zeros(shape), Array2::zeros(shape));
        let mut all = Judgement { scores: Vec::new(), outputs, residuals, lines: Vec::new() };
        for (m, exams) in self.exams.iter().enumerate() {
            let shown = if exams.len() == 1 { 0 } else { k as usize };
            let mut scores = Vec::new();
            for network in 0..exams.len() {
                let made = self.reconstruct(m, network, &images, &[0]);
                let output = made.as_ref().map(|made| row(made, 0));
                scores.push(output.map(|output| exam::score(images.image(0), output)));
                if let Some(output) = output.filter(|_| network == shown) {
                    row_mut(&mut all.outputs, m).copy_from_slice(output);
                }
            }
            all.scores.push(scores);
            let output = row(&all.outputs, m);
            all.lines.push(exam::is_line(&self.planes, output));
            for ((off, &y), &x) in row_mut(&mut all.residuals, m).iter_mut().zip(output).zip(images.image(0))
            {
                *off = (y - f32::from(x)).abs();
            }
        }
        Ok(all)
    }

    /// A spoilt image for a visitor to play with; another `seed`, another image.
    pub fn example(&self, defect: Defect, size: f32, seed: u32) -> Vec<u8> {
        sets::example(&self.link.recipe, defect, size, seed, &self.planes)
    }

    /// What is trained.
    pub fn recipe(&self) -> &CheckedRecipe {
        &self.link.recipe
    }

    /// What the link says must come out.
    pub fn asked(&self) -> Option<Digest> {
        self.link.check
    }

    /// The image that the link carries.
    pub fn painting(&self) -> Option<&Painting> {
        self.link.paint.as_ref()
    }

    /// Changes the image that the link carries.
    pub fn set_painting(&mut self, painting: Option<Painting>) {
        self.link.paint = painting;
    }

    /// The parameters of network `k` of a kind as it is now; `None` where it is not there, or diverged.
    pub fn parameters(&self, kind: usize, k: u32) -> Option<&[f32]> {
        match self.trained.get(kind)?.get(k as usize)? {
            Some(Trained::Network { network, .. }) => Some(network.parameters()),
            _ => None,
        }
    }

    /// The examination of method `m` (its network `k`), if it has taken place.
    pub fn exam(&self, m: usize, k: u32) -> Option<&Exam> {
        let exams = self.exams.get(m)?;
        exams.get(if exams.len() == 1 { 0 } else { k as usize })?.as_ref()
    }

    /// The examinations of all networks of method `m` that have taken place.
    pub fn exams(&self, m: usize) -> impl Iterator<Item = &Exam> {
        self.exams[m].iter().flatten()
    }

    /// Networks that are trained to their end, or diverged; of all kinds.
    pub fn finished(&self) -> u32 {
        let ended = |trained: &&Trained| !matches!(trained, Trained::Network { finished: false, .. });
        self.trained.iter().flatten().flatten().filter(ended).count() as u32
    }

    /// The digest of all networks: seed by seed, and of each seed kind by kind as in [`KINDS`].
    /// `None` before all of them are trained.
    ///
    /// # Errors
    ///
    /// [`Error::Diverged`] where a network left the finite numbers.
    pub fn digest(&self) -> Result<Option<Digest>, Error> {
        let mut digester = Digester::new();
        for k in 0..self.link.recipe.networks as usize {
            for kind in &self.trained {
                match &kind[k] {
                    Some(Trained::Network { network, finished: true }) => {
                        digester.update(network.parameters())
                    }
                    Some(Trained::Diverged { epoch }) => return Err(Error::Diverged { epoch: *epoch }),
                    _ => return Ok(None),
                }
            }
        }
        Ok(Some(digester.finish()))
    }

    /// What the networks say of the link that they came from.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self.digest(), self.link.check)
    }

    /// The link to this run and its image; with its digest once all networks are trained.
    pub fn link(&self) -> Link {
        Link { check: self.digest().ok().flatten(), ..self.link.clone() }
    }
}
