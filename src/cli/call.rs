//! What was asked for, or a sentence on why that cannot be done; all of it before any work begins.

use super::report::shown;
use super::{own, pictures, saved, score, stopping};
use bottleneck::error::Error;
use bottleneck::recipe::{Experiment, Link};
use bottleneck::run::time::Stop;
use lexopt::prelude::*;
use std::ffi::OsString;
use std::fmt;

pub const HELP: &str = "\
bottleneck: trains what a link asks for, natively, and compares the bits

  bottleneck reproduce '<link or fragment>' [--json] [--parameters] [--csv FILE] [-o FILE] [--from FILE]
                       [--below LOSS] [--patience EPOCHS [--fall SHARE]]
  bottleneck own '<link>' [--pictures FILE|FOLDER] [--false-alarms SHARE] [--json] [--csv FILE] [-o FILE [--network K]]
                 [--from FILE] [--below LOSS] [--patience EPOCHS [--fall SHARE]]
  bottleneck score --network FILE PATH… [--fit crop|pad] [--invert] [--threshold T] [--json] [--csv FILE]
  bottleneck pictures PATH… [--side N] [--fit crop|pad] [--invert] [--over white|black] [--normal LABEL] [-o FILE]

  reproduce     trains what the experiment of the link trains; these are for one experiment each:
  census        many networks, and what they end as (exp=minima)
  duel          both kinds of network from many seeds (exp=duel)
  anomalies     networks and other methods against every defect (exp=anomalies)
  own           networks and other methods on a set of pictures, and which are odd (exp=own)

  A census of any size, up to networks=4000000000, in pieces that may be trained anywhere:

  bottleneck census '<link>' --from K --count N --json    networks K to K + N - 1 of it: a piece
  bottleneck merge FILE... [--json]                       puts pieces together, in any order
  bottleneck prove '<link>' --network K FILE...           proves the place of network K in it
  bottleneck verify PROOF [--json]                        checks such a proof, and trains that network

  --json        one JSON object instead of words, also where something is wrong
  --parameters  the trained weights and biases too; of a link that trains one network
  --csv FILE    every network of a census, or every picture of a set with its scores, as a row of that file
  -o, --output  the trained network as that .safetensors file; of a set of pictures network K of its networks, else 0
  --from FILE   a network that was saved, .safetensors: training begins with it instead of weights that the seed draws;
                links with from= need it, and a link without gets it
  --below       training ends by itself once the loss of an epoch is no higher; of a link that trains one network, or
                those of a set of pictures, by the mean of their losses
  --patience    likewise once the loss has not fallen for so many epochs, by the share that --fall says, else 0.01;
                the link that is printed is that of the epochs that were trained
  --pictures    the set of a link with data=own: the .npz that pictures writes, or the files and folder it was made of,
                with what pictures was told of them (--fit, --invert, --over, --normal)
  --false-alarms  the share of the held-out normal pictures that may lie above the threshold; 0 where nothing is said

  A link with at= is trained to its end for the verdict; --parameters and -o then give the network of that epoch.

  score         scores pictures with a network that own, reproduce or the page saved, and says the oddest first

  --network     its file, a .safetensors; pictures become as large as those that it learned, by --fit, --invert, --over
  --threshold   the score above which a picture is odd; where nothing is said, the one that own saved with the network

  pictures      makes a set of the pictures in files and folders, says its digest and the link that trains on it

  --side N      pixels across every picture of the set, 4 to 64; 32 where nothing is said
  --fit         crop to the square in the middle, or pad to one with black; crop where nothing is said
  --invert      turns dark to bright and bright to dark
  --over        what stands behind what is transparent; white where nothing is said
  --normal      the label of what is normal, once for each; good, normal and ok where nothing is said
  -o, --output  the file of the set, an .npz

Exit code: 0 same bits or nothing to compare, 1 other bits or diverged, 2 a link or call in error,
3 a result that could not be written.
";

/// What the arguments ask for.
pub enum Asked {
    Help,
    Call(Box<Call>),
    Pictures(Box<pictures::Call>),
    Score(Box<score::Call>),
    Piece { link: Box<Link>, from: u64, count: Option<u64> },
    Merge { files: Vec<String>, json: bool },
    Prove { link: Box<Link>, network: u64, files: Vec<String> },
    Verify { file: String },
}

/// A run to be carried out.
pub struct Call {
    pub link: Link,
    pub json: bool,
    pub parameters: bool,
    pub csv: Option<String>,
    pub set: own::Options,
    pub saving: Option<Saving>,
    /// When it ends by itself.
    pub stop: Option<Stop>,
}

/// A trained network that is to be kept.
pub struct Saving {
    pub path: String,
    /// Which one, of a run that trains several.
    pub network: u32,
}

/// Why nothing will be trained.
pub enum Refusal {
    /// The arguments cannot be read.
    Call(String),
    /// The link cannot.
    Link(Error),
    /// Both can, and do not fit together, or do not fit this machine.
    Unfit(String),
}

/// The sentence alone, as a program passes it on.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Call(sentence) | Refusal::Unfit(sentence) => f.write_str(sentence),
            Refusal::Link(error) => error.fmt(f),
        }
    }
}

impl Refusal {
    /// For whoever sits at the terminal.
    pub fn in_words(&self) -> String {
        match self {
            Refusal::Call(sentence) => format!("{sentence}.\n\n{}", HELP.trim_end()),
            Refusal::Link(error) => format!("This link is refused: {error}."),
            Refusal::Unfit(sentence) => format!("{sentence}."),
        }
    }
}

/// The arguments as they stand.
#[derive(Default)]
struct Arguments {
    words: Vec<String>,
    json: bool,
    parameters: bool,
    csv: Option<String>,
    pictures: pictures::Options,
    output: Option<String>,
    brought: Option<String>,
    false_alarms: Option<String>,
    threshold: Option<String>,
    from: Option<String>,
    count: Option<String>,
    network: Option<String>,
    stop: stopping::Options,
    help: bool,
}

impl Arguments {
    /// The first of the options that only some commands have which was given, and is none of these.
    fn first_but(&self, taken: &[&str]) -> Option<&'static str> {
        let own = [
            ("--parameters", self.parameters),
            ("--csv", self.csv.is_some()),
            ("--pictures", self.brought.is_some()),
            ("--false-alarms", self.false_alarms.is_some()),
            ("--threshold", self.threshold.is_some()),
            ("--output", self.output.is_some()),
            ("--from", self.from.is_some()),
            ("--count", self.count.is_some()),
            ("--network", self.network.is_some()),
        ];
        let given = own.into_iter().chain(self.pictures.given()).chain(self.stop.given());
        given.filter(|(name, given)| *given && !taken.contains(name)).map(|(name, _)| name).next()
    }
}

/// Reads arguments, without the program's name.
///
/// # Errors
///
/// The first thing that is wrong with them.
pub fn parse(arguments: &[OsString]) -> Result<Asked, Refusal> {
    let arguments = read(lexopt::Parser::from_args(arguments)).map_err(|error| match error {
        lexopt::Error::NonUnicodeValue(value) => {
            let value = shown(&value.to_string_lossy());
            Refusal::Unfit(format!("the argument {value} cannot be read: it is not UTF-8"))
        }
        other => Refusal::Call(other.to_string()),
    })?;
    if arguments.help {
        Ok(Asked::Help)
    } else {
        match arguments.words.first().map(String::as_str) {
            Some("pictures") => of_pictures(arguments).map(|call| Asked::Pictures(Box::new(call))),
            Some("score") => of_score(arguments).map(|call| Asked::Score(Box::new(call))),
            _ => in_pieces(&arguments)
                .unwrap_or_else(|| understand(arguments).map(|call| Asked::Call(Box::new(call)))),
        }
    }
}

fn read(mut parser: lexopt::Parser) -> Result<Arguments, lexopt::Error> {
    let mut arguments = Arguments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => arguments.json = true,
            Long("parameters") => arguments.parameters = true,
            Long("csv") => arguments.csv = Some(parser.value()?.string()?),
            Long("side") => arguments.pictures.side = Some(parser.value()?.string()?),
            Long("fit") => arguments.pictures.fit = Some(parser.value()?.string()?),
            Long("over") => arguments.pictures.over = Some(parser.value()?.string()?),
            Long("normal") => arguments.pictures.normal.push(parser.value()?.string()?),
            Long("pictures") => arguments.brought = Some(parser.value()?.string()?),
            Long("false-alarms") => arguments.false_alarms = Some(parser.value()?.string()?),
            Long("threshold") => arguments.threshold = Some(parser.value()?.string()?),
            Long("invert") => arguments.pictures.invert = true,
            Long("output") | Short('o') => arguments.output = Some(parser.value()?.string()?),
            Long("from") => arguments.from = Some(parser.value()?.string()?),
            Long("count") => arguments.count = Some(parser.value()?.string()?),
            Long("network") => arguments.network = Some(parser.value()?.string()?),
            Long("below") => arguments.stop.below = Some(parser.value()?.string()?),
            Long("patience") => arguments.stop.patience = Some(parser.value()?.string()?),
            Long("fall") => arguments.stop.fall = Some(parser.value()?.string()?),
            Long("help") | Short('h') => arguments.help = true,
            Value(word) => arguments.words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(arguments)
}

fn of_pictures(arguments: Arguments) -> Result<pictures::Call, Refusal> {
    let taken = ["--side", "--fit", "--over", "--normal", "--invert", "--output"];
    if let Some(option) = arguments.first_but(&taken) {
        return Err(Refusal::Unfit(format!(
            "{option} is not for pictures, which makes a set and trains nothing"
        )));
    }
    let Arguments { mut words, json, pictures, output, .. } = arguments;
    words.remove(0);
    pictures.understood(words, output, json)
}

fn of_score(arguments: Arguments) -> Result<score::Call, Refusal> {
    let taken = ["--network", "--threshold", "--csv", "--fit", "--over", "--invert"];
    if let Some(option) = arguments.first_but(&taken) {
        return Err(Refusal::Unfit(format!(
            "{option} is not for score, which asks a network that is trained"
        )));
    }
    let Arguments { mut words, json, csv, pictures, threshold, network, .. } = arguments;
    words.remove(0);
    score::Call::understood(words, network, threshold, pictures, csv, json)
}

/// What is asked of a census in pieces; `None` where the call asks for something else.
fn in_pieces(arguments: &Arguments) -> Option<Result<Asked, Refusal>> {
    let Arguments { words, json, parameters, csv, from, count, network, .. } = arguments;
    let (command, rest) = words.split_first()?;
    let is_piece = command == "census" && (from.is_some() || count.is_some());
    let is_other = ["merge", "prove", "verify"].contains(&command.as_str());
    let misplaced = |sentence: &str| Some(Err(Refusal::Call(sentence.into())));
    if !is_piece && count.is_some() {
        return misplaced("--count is for census");
    }
    if !is_piece && !is_other {
        return None;
    }
    if csv.is_some() || *parameters {
        return misplaced("--csv and --parameters are not for a census in pieces");
    }
    let taken: &[&str] = if is_piece { &["--from", "--count", "--network"] } else { &["--network"] };
    if let Some(option) = arguments.first_but(taken) {
        return Some(Err(Refusal::Call(format!("{option} is not for a census in pieces"))));
    }
    if command != "prove" && network.is_some() {
        return misplaced("--network is for prove");
    }
    Some(match (command.as_str(), rest) {
        ("census", [link]) if *json => piece_of(link, from.as_deref(), count.as_deref()),
        ("census", [_]) => Err(Refusal::Call("a piece of a census is printed with --json only".into())),
        ("merge", files @ [_, ..]) => Ok(Asked::Merge { files: files.to_vec(), json: *json }),
        ("prove", [link, files @ ..]) if !files.is_empty() => match network {
            Some(text) => numbered("--network", text).and_then(|network| {
                census_of(link).map(|link| Asked::Prove { link, network, files: files.to_vec() })
            }),
            None => Err(Refusal::Call("prove takes --network K, the number of the network".into())),
        },
        ("verify", [file]) => Ok(Asked::Verify { file: file.clone() }),
        _ => Err(Refusal::Call(format!("{command} is not called like this"))),
    })
}

/// A piece of a census, which begins with its first network and ends with its last where nothing is said.
fn piece_of(link: &str, from: Option<&str>, count: Option<&str>) -> Result<Asked, Refusal> {
    let from = from.map_or(Ok(0), |text| numbered("--from", text))?;
    let counted = |text: &str| {
        let unread = || {
            Refusal::Call(format!(
                "--count {text} cannot be read: it takes a whole number of networks, from 1"
            ))
        };
        text.parse().map_err(|_| unread())
    };
    let count = count.map(counted).transpose()?;
    census_of(link).map(|link| Asked::Piece { link, from, count })
}

/// The number of a network.
fn numbered<N: std::str::FromStr>(option: &str, text: &str) -> Result<N, Refusal> {
    let unread =
        || Refusal::Call(format!("{option} {text} cannot be read: it takes the number of a network"));
    text.parse().map_err(|_| unread())
}

/// A link to a census of any size.
fn census_of(link: &str) -> Result<Box<Link>, Refusal> {
    let link = Link::parse_in_pieces(link).map_err(Refusal::Link)?;
    match link.recipe.exp {
        Experiment::Minima => Ok(Box::new(link)),
        exp => Err(Refusal::Unfit(format!(
            "only a census, exp=minima, is trained in pieces, and this link has exp={}",
            exp.name()
        ))),
    }
}

fn understand(arguments: Arguments) -> Result<Call, Refusal> {
    let Arguments {
        words,
        json,
        parameters,
        csv,
        pictures,
        output,
        brought,
        false_alarms,
        threshold,
        from,
        network,
        stop,
        ..
    } = arguments;
    // Pictures are made into a set here as well, but to the side that the link says.
    let made_here = |option: &str| brought.is_some() && option != "--side";
    if let Some((option, _)) =
        pictures.given().into_iter().find(|(option, given)| *given && !made_here(option))
    {
        return Err(Refusal::Unfit(format!("{option} is for the command pictures")));
    }
    if threshold.is_some() {
        return Err(Refusal::Unfit("--threshold is for the command score".into()));
    }
    let [command, link] = words.as_slice() else {
        return Err(Refusal::Call("expected: a command and '<link or fragment>'".into()));
    };
    let takes =
        experiment_of(command).ok_or_else(|| Refusal::Call(format!("there is no command {command}")))?;
    let begin = from.map(|path| saved::read("--from", &path)).transpose().map_err(Refusal::Unfit)?;
    let link = begin.map_or_else(|| Link::parse(link), |saved| Link::parse_with(link, &saved.network));
    let link = link.map_err(Refusal::Link)?;
    let exp = link.recipe.exp;
    let unfit = if let Some(own) = takes.filter(|&own| own != exp) {
        let (own, found, commands) = (own.name(), exp.name(), commands_for(exp));
        format!("{command} trains links with exp={own}, and this one has exp={found}: {commands} trains it")
    } else if csv.is_some() && !matches!(exp, Experiment::Minima | Experiment::Own) {
        format!(
            "--csv is for the networks of a census, exp=minima, and the pictures of a set, exp=own, and this link has exp={}",
            exp.name()
        )
    } else if let Some(option) = own::first(&brought, &false_alarms).filter(|_| exp != Experiment::Own) {
        format!("{option} is for a set of pictures, exp=own, and this link has exp={}", exp.name())
    } else if parameters && exp.networks() != 1 {
        format!("--parameters is for a link that trains one network, and exp={} trains many", exp.name())
    } else {
        let saving = saving(&link, output, network)?;
        let stop = stop.understood(&link)?;
        let set = own::Options::understood(&link, brought, false_alarms, pictures)?;
        return Ok(Call { link, json, parameters, csv, set, saving, stop });
    };
    Err(Refusal::Unfit(unfit))
}

/// Where which network of a link is to be kept.
fn saving(link: &Link, output: Option<String>, network: Option<String>) -> Result<Option<Saving>, Refusal> {
    let (exp, networks) = (link.recipe.exp, link.recipe.networks);
    let is_own = exp == Experiment::Own;
    let path = match output {
        Some(_) if exp.networks() != 1 && !is_own => {
            let exp = exp.name();
            return Err(Refusal::Unfit(format!(
                "--output is for a link that trains one network or a set of pictures, and exp={exp} trains neither"
            )));
        }
        Some(path) if is_own || network.is_none() => path,
        None if network.is_none() => return Ok(None),
        _ => {
            let use_of =
                "--network is for prove, for score, and says which network of exp=own goes to --output";
            return Err(Refusal::Unfit(use_of.into()));
        }
    };
    match network.map_or(Ok(0), |text| numbered("--network", &text))? {
        network if network < networks => Ok(Some(Saving { path, network })),
        network => Err(Refusal::Unfit(format!(
            "there is no network {network}: this link trains networks 0 to {}",
            networks - 1
        ))),
    }
}

/// The one experiment that a command takes, if it does not take all; `None` where there is no such command.
fn experiment_of(command: &str) -> Option<Option<Experiment>> {
    match command {
        "reproduce" => Some(None),
        "census" => Some(Some(Experiment::Minima)),
        "duel" => Some(Some(Experiment::Duel)),
        "anomalies" => Some(Some(Experiment::Anomalies)),
        "own" => Some(Some(Experiment::Own)),
        _ => None,
    }
}

fn commands_for(exp: Experiment) -> &'static str {
    match exp {
        Experiment::Minima => "census or reproduce",
        Experiment::Duel => "duel or reproduce",
        Experiment::Anomalies => "anomalies or reproduce",
        Experiment::Own => "own or reproduce",
        Experiment::Classical | Experiment::Inside | Experiment::Variational => "reproduce",
    }
}
