//! Criterion benches of the kernels and of whole training steps, natively: `cargo bench`.
//!
//! Sizes are those of the page's works: W1, a 1024-2-1-2-1024 autoencoder in batches of 32; W4, 1024-128-16-128-1024 in
//! batches of 64; W5, 784-64-16-64-784 on pictures with greys in batches of 32; W3, four 4-2-1-2-4 networks side by side
//! on the four 2×2 images. Throughput is in what a kernel is made of: multiply–adds, sigmoids, parameters, images.

use bottleneck::autoencoder::{Architecture, Biases, Model, Settings, Trainer, initial_parameters};
use bottleneck::data::{self, Images, Span};
use bottleneck::nn::{Init, Loss, Optimiser, across, binary, dense, optimiser, output};
use bottleneck::num::rng::{Purpose, Stream, fill_normal};
use bottleneck::num::{Many, Number, math};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use wide::f32x4;

const PIXELS: usize = 1024;

/// The wide layers of W1 and W4: neurons beside the pixels, and groups of four samples in a batch.
const LAYERS: [(&str, usize, usize); 2] = [("W1", 2, 8), ("W4", 128, 16)];

fn lines(count: u32) -> Images {
    data::lines(32, count, Span::Half, 1)
}

/// Levels of all kinds.
fn greys(side: u32, count: u32) -> Images {
    let mut stream = Stream::new(1, Purpose::Data);
    Images::of_levels(side, (0..side * side * count).map(|_| stream.below(256) as u8).collect())
}

/// Numbers like those of a layer: around zero, none of them denormal.
fn numbers(n: usize) -> Vec<f32> {
    let mut stream = Stream::new(1, Purpose::Init);
    (0..n).map(|_| stream.uniform() - 0.5).collect()
}

fn groups_of(n: usize) -> Vec<f32x4> {
    numbers(4 * n).chunks_exact(4).map(|four| f32x4::from([four[0], four[1], four[2], four[3]])).collect()
}

fn functions(c: &mut Criterion) {
    let mut group = c.benchmark_group("functions");
    let x = groups_of(256);
    group.throughput(Throughput::Elements(1024));
    group.bench_function("sigmoid", |b| {
        b.iter(|| {
            let four = |x: &[f32x4]| math::sigmoid(Many::<_, 4>(std::array::from_fn(|i| x[i]))).0;
            let sum = |y: [f32x4; 4]| (y[0] + y[1]) + (y[2] + y[3]);
            black_box(&x).chunks_exact(4).fold(f32x4::splat(0.0), |all, x| all + sum(four(x)))
        });
    });
    let mut streams = [Stream::new(1, Purpose::Noise)];
    let mut normals = groups_of(256);
    group.bench_function("normal", |b| b.iter(|| fill_normal::<f32>(&mut streams, black_box(&mut normals))));
    group.finish();
}

fn optimisers(c: &mut Criterion) {
    let mut group = c.benchmark_group("optimisers");
    let n = 5129;
    group.throughput(Throughput::Elements(n as u64));
    for (name, kind) in [("adam", Optimiser::Adam), ("sgd", Optimiser::Sgd)] {
        let (mut parameters, gradient) = (numbers(n), numbers(n));
        let mut state = optimiser::State::new(kind, 1e-3, n);
        group.bench_function(name, |b| b.iter(|| state.step(black_box(&mut parameters), &gradient, 1e-3)));
    }
    group.finish();
}

/// The layer after the pixels, which only adds.
fn binary_layer(c: &mut Criterion) {
    let mut group = c.benchmark_group("pixels to L1");
    for (work, neurons, groups) in LAYERS {
        let samples = 4 * groups;
        let images = lines(samples as u32);
        let indices: Vec<u32> = (0..samples as u32).collect();
        let (w, b) = (numbers(PIXELS * neurons), numbers(neurons));
        let mut y = numbers(samples * binary::stride(neurons));
        let mut scratch = vec![f32x4::splat(0.0); binary::SCRATCH_LEN];
        group.throughput(Throughput::Elements((samples * PIXELS * neurons) as u64));
        group.bench_function(BenchmarkId::new("forward", work), |bench| {
            let bits = images.bits_of(&indices);
            bench.iter(|| binary::forward(bits.clone(), black_box(&w), &b, &mut y, &mut scratch));
        });
        let mut across = vec![0; PIXELS * samples.div_ceil(across::SAMPLES_IN_A_BYTE)];
        across::across_samples(images.bits_of(&indices), PIXELS, &mut across);
        let dy = groups_of(neurons * groups);
        let mut dw = numbers(PIXELS * neurons);
        group.bench_function(BenchmarkId::new("gradient", work), |bench| {
            bench.iter(|| {
                binary::weight_gradient(black_box(&across), &dy, groups, &mut dw, &mut scratch);
            });
        });
    }
    group.finish();
}

/// The layer before the pixels: forward, sigmoid, loss, and all of the way back.
fn output_layer(c: &mut Criterion) {
    let mut group = c.benchmark_group("L3 to pixels");
    for (work, neurons, groups) in LAYERS {
        let samples = 4 * groups;
        let images = lines(samples as u32);
        let indices: Vec<u32> = (0..samples as u32).collect();
        let mut across = vec![0; PIXELS * samples.div_ceil(across::SAMPLES_IN_A_BYTE)];
        across::across_samples(images.bits_of(&indices), PIXELS, &mut across);
        let (w, b) = (numbers(neurons * PIXELS), numbers(PIXELS));
        let hidden = groups_of(neurons * groups);
        let batch = output::Batch { hidden: &hidden, targets: output::Targets::Bits(&across), samples };
        let (mut dw, mut db) = (w.clone(), b.clone());
        let mut d_hidden = hidden.clone();
        let mut scratch = groups_of(output::scratch_len(groups));
        group.throughput(Throughput::Elements((samples * PIXELS) as u64));
        group.bench_function(BenchmarkId::new("train", work), |bench| {
            bench.iter(|| {
                let out = output::Gradients {
                    dw: &mut dw,
                    db: &mut db,
                    d_hidden: &mut d_hidden,
                    scratch: &mut scratch,
                };
                output::train(Loss::Mse, black_box(&w), &b, &batch, out)
            });
        });
    }
    group.finish();
}

fn dense_layer(c: &mut Criterion) {
    let mut group = c.benchmark_group("128 to 1024, 64 samples");
    let (n_in, n_out, groups) = (128, PIXELS, 16);
    let (w, b) = (numbers(n_in * n_out), numbers(n_out));
    let (x, dy) = (groups_of(n_in * groups), groups_of(n_out * groups));
    let (mut y, mut dx, mut dw, mut db) = (dy.clone(), x.clone(), w.clone(), b.clone());
    let mut scratch = groups_of(dense::scratch_len(groups));
    group.throughput(Throughput::Elements((4 * groups * n_in * n_out) as u64));
    group.bench_function("forward", |bench| {
        bench.iter(|| dense::forward(black_box(&w), n_out, &b, &x, groups, &mut y));
    });
    group.bench_function("backward", |bench| {
        bench.iter(|| {
            dx.fill(f32x4::splat(0.0));
            dense::backward(black_box(&w), n_out, &dy, groups, &mut dx);
        });
    });
    group.bench_function("gradients", |bench| {
        bench.iter(|| {
            dense::gradients(black_box(&x), &dy, groups, n_out, (&mut dw, &mut db), &mut scratch);
        });
    });
    group.finish();
}

/// Networks side by side, each from its own seed.
fn trainer<N: Number>(architecture: &Architecture, batch: usize, rate: f32) -> Trainer<N> {
    let settings = Settings {
        init: Init::Glorot,
        optimiser: Optimiser::Adam,
        learning_rate: rate,
        loss: Loss::Mse,
        beta: 1e-4,
    };
    let seeds: Vec<u32> = (0..N::NETWORKS as u32).collect();
    let starts: Vec<_> =
        seeds.iter().map(|&seed| initial_parameters(architecture, Init::Glorot, seed)).collect();
    Trainer::new(architecture, settings, batch, &starts, &seeds)
}

fn steps(c: &mut Criterion) {
    let mut group = c.benchmark_group("training step");
    let sizes = |model, [n_pixels, l1, code, l3]: [usize; 4]| Architecture {
        model,
        n_pixels,
        l1,
        code,
        l3,
        biases: Biases::All,
    };
    let works = [
        ("W1", sizes(Model::Classical, [PIXELS, 2, 1, 2]), 32),
        ("W2", sizes(Model::Variational, [PIXELS, 2, 1, 2]), 32),
        ("W4", sizes(Model::Classical, [PIXELS, 128, 16, 128]), 64),
        ("W5", sizes(Model::Classical, [784, 64, 16, 64]), 32),
        ("W6", sizes(Model::Variational, [784, 64, 16, 64]), 32),
    ];
    for (work, architecture, batch) in works {
        let images = if architecture.n_pixels == PIXELS { lines(batch) } else { greys(28, batch) };
        let indices: Vec<u32> = (0..batch).collect();
        let mut trainer = trainer::<f32>(&architecture, batch as usize, 1e-3);
        group.throughput(Throughput::Elements(u64::from(batch)));
        group.bench_function(work, |bench| bench.iter(|| trainer.step(&images, black_box(&indices))));
    }
    let quad = data::quad();
    let mut networks = trainer::<f32x4>(&sizes(Model::Classical, [4, 2, 1, 2]), 4, 1e-2);
    group.throughput(Throughput::Elements(f32x4::NETWORKS as u64));
    group.bench_function("W3", |bench| bench.iter(|| networks.step(&quad, black_box(&[0, 1, 2, 3]))));
    group.finish();
}

criterion_group! {
    name = kernels;
    // Short, for the whole to end within half a minute; what is compared across machines is measured in the browser.
    config = Criterion::default().warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(800)).sample_size(20).nresamples(2000);
    targets = functions, optimisers, binary_layer, output_layer, dense_layer, steps
}
criterion_main!(kernels);
