//! A folder to play in, and the program to play with.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onrecord::contract::{Index, Request, Start};
use onrecord::model::{FoundHit, Node, Scope, Sort};
use tempfile::TempDir;

/// A temporary folder in which the program is run.
pub(crate) struct Stage {
    folder: TempDir,
}

/// What a run of the program gave.
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }

    /// One with the bundled corpus indexed in `index`.
    pub(crate) fn with_corpus() -> Self {
        let stage = Self::new();
        let corpus = corpus().to_string_lossy().into_owned();
        let run = stage.run(&["index", &corpus, "--index", "index"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        stage
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, content: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Writes so many different stories below a folder.
    pub(crate) fn write_many(&self, folder: &str, count: usize) {
        for number in 0..count {
            self.write(&format!("{folder}/{:03}/{number:05}.txt", number % 50), story(number));
        }
    }

    /// The program, to be run here; it sees no index but one that a test makes.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("ONRECORD_INDEX")
            .env_remove("ONRECORD_NAMES")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        use std::io::Write;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that does not read its input may close it.
        let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the program ends");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs the program below a shell that was limited before, by `ulimit` and its like.
    #[cfg(unix)]
    pub(crate) fn run_under(&self, limits: &str, arguments: &[&str]) -> Output {
        let program = self.command(arguments);
        let output = Command::new("sh")
            .args(["-c", &format!("{limits} && exec \"$0\" \"$@\"")])
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(self.folder.path())
            .env_remove("ONRECORD_INDEX")
            .output()
            .expect("a shell");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs a command that answers in JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.run(arguments);
        assert!(output.code < 2, "{arguments:?}: {}", output.stderr);
        serde_json::from_str(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", output.stdout))
    }

    /// Answers over the corpus that a lost, doubled or half-known story would change.
    pub(crate) fn whole_answers(&self) -> Vec<String> {
        let all: [&[&str]; 5] = [
            &["search", "*", "--format", "csv", "--sort", "oldest", "--limit", "0"],
            &["search", "*", "--format", "csv", "--limit", "0", "--versions", "--copies"],
            &["said", "*", "--format", "csv", "--sort", "oldest", "--limit", "0"],
            &["history", "isolde-3-lead.txt", "--json"],
            &["people", "-n", "0"],
        ];
        all.iter()
            .map(|arguments| {
                let output = self.run(&[arguments, &["--index", "index"][..]].concat());
                assert_eq!(output.code, 0, "{}", output.stderr);
                output.stdout
            })
            .collect()
    }
}

/// Every story of an index, the latest first.
pub(crate) fn every_story(index: &dyn Index) -> Vec<FoundHit> {
    let (query, scope, sort) = (&Node::All, Scope::Stories, Sort::Newest);
    let all = Request { query, scope, sort, start: Start::FRONT, limit: usize::MAX };
    index.search(&all).expect("an answer").hits
}

/// How many stories an index holds.
pub(crate) fn stories_in(stage: &Stage, index: &str) -> u64 {
    let stats = stage.json(&["stats", "--index", index, "--json"]);
    stats["stories"].as_u64().expect("a number")
}

/// The bundled corpus.
pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A story that differs from every other in its headline, names and days.
pub(crate) fn story(number: usize) -> String {
    const PLACES: &[&str] = &["PORT AZURE", "VELMARK CITY", "ALTENFELS", "KESTREL BAY"];
    const SPEAKERS: &[&str] = &["Ivan Orlo", "Ilsa Vane", "Teodor Marsh", "Nadia Quell"];
    let day = 1 + number % 28;
    let place = PLACES[number % PLACES.len()];
    let speaker = SPEAKERS[number / 3 % SPEAKERS.len()];
    let surname = speaker.split(' ').next_back().expect("a surname");
    format!(
        "Harbour report number {number}\n\n{place}, March {day}, 2025 (Nordwire)\n\n\
         The port counted {number} ships on Monday, officials in the harbour office said.\n\n\
         \"We expect calm seas and {number} more ships,\" said {speaker}, the harbour master.\n\n\
         {surname} said the port would open a new quay number {} on April {day}.\n",
        number * 7
    )
}
