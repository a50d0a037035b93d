//! Hostile files: the corpus's own, damaged in every way that wires and disks damage them, and bombs
//! that somebody built. The same number makes the same file in every run.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A file to be found below the folder that is read.
pub(crate) struct Bad {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Numbers that look like chance and are the same in every run (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below a limit; 0 where the limit is 0.
    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit.max(1) as u64) as usize
    }
}

/// One way to damage a file.
type Damage = fn(&mut Dice, Vec<u8>) -> Vec<u8>;

/// Every way.
const DAMAGES: &[(&str, Damage)] = &[
    ("cut", cut),
    ("cut-front", cut_front),
    ("hole", hole),
    ("flips", flips),
    ("zeros", zeros),
    ("twice", twice),
    ("shuffled", shuffled),
    ("marks", marks),
    ("utf-16", utf_16),
    ("latin", latin),
    ("one-line", one_line),
    ("noise", noise),
    ("controls", controls),
    ("gz", gz),
    ("gz-cut", gz_cut),
    ("gz-twice", gz_twice),
];

/// So many files: each damage to each of the seeds in turn, and the bombs.
pub(crate) fn files(seeds: &[(String, Vec<u8>)], count: usize) -> Vec<Bad> {
    let mut files: Vec<Bad> = BOMBS
        .iter()
        .map(|(name, make)| Bad { name: format!("bomb-{name}"), bytes: make() })
        .collect();
    let mut number = 0;
    while files.len() < count {
        let (seed, bytes) = &seeds[number % seeds.len()];
        let (damage, apply) = DAMAGES[(number + number / seeds.len()) % DAMAGES.len()];
        let mut dice = Dice::new(number as u64 + 1);
        files.push(Bad {
            name: format!("{number:04}-{damage}-{seed}"),
            bytes: apply(&mut dice, bytes.clone()),
        });
        number += 1;
    }
    files
}

fn cut(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(dice.below(bytes.len()));
    bytes
}

fn cut_front(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    bytes[dice.below(bytes.len())..].to_vec()
}

fn hole(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    let start = dice.below(bytes.len());
    let end = (start + dice.below(400)).min(bytes.len());
    bytes.drain(start..end);
    bytes
}

fn flips(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..1 + dice.below(30) {
        let at = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << dice.below(8);
        }
    }
    bytes
}

fn zeros(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    let start = dice.below(bytes.len());
    let end = (start + dice.below(64)).min(bytes.len());
    bytes[start..end].fill(0);
    bytes
}

fn twice(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let at = dice.below(bytes.len());
    [&bytes[..at], &bytes[..], &bytes[at..]].concat()
}

fn shuffled(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for at in (1..lines.len()).rev() {
        lines.swap(at, dice.below(at + 1));
    }
    lines.concat()
}

/// The marks of every format, strewn over it.
fn marks(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    const MARKS: &[&[u8]] = &[
        b"<",
        b">",
        b"\"",
        b"{",
        b"}",
        b"[",
        b"]",
        b"&",
        b"&#x110000;",
        b"]]>",
        b"<!--",
        b"<![CDATA[",
        b"\x01",
        b"\x02",
        b"\x03",
        b"\x04",
        b"\x16\x16",
        b"^",
        b"``",
        b"\xe2\x80\x9c",
        b"\n\n",
        b"\r",
        b",,,,",
        b"<REUTERS",
        b"</",
        b"--",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\\u0000",
        b"\\ud800",
        b"WARC/1.0\r\n",
        b"PK\x03\x04",
        b"\nFrom ",
        b"Content-Length: 99999999999\r\n",
    ];
    for _ in 0..1 + dice.below(12) {
        let at = dice.below(bytes.len());
        let mark = MARKS[dice.below(MARKS.len())];
        bytes.splice(at..at, mark.iter().copied());
    }
    bytes
}

fn utf_16(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes);
    let mut wide = if dice.below(2) == 0 { vec![0xFF, 0xFE] } else { Vec::new() };
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    wide.truncate(wide.len() - dice.below(2).min(wide.len()));
    wide
}

/// Text in one byte a letter that still says it is UTF-8.
fn latin(_: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes);
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0x93)).collect()
}

fn one_line(_: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    bytes.into_iter().map(|byte| if byte == b'\n' || byte == b'\r' { b' ' } else { byte }).collect()
}

fn noise(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let front = bytes.len().min(dice.below(200));
    let length = dice.below(4000);
    let noise = (0..length).map(|_| dice.below(256) as u8);
    bytes[..front].iter().copied().chain(noise).collect()
}

fn controls(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..40 {
        let at = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = dice.below(32) as u8;
        }
    }
    bytes
}

/// Compressed with gzip.
pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(bytes).expect("memory takes everything");
    writer.finish().expect("memory takes everything")
}

fn gz(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let bytes = flips(dice, bytes);
    gzipped(&bytes)
}

fn gz_cut(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let packed = gzipped(&bytes);
    cut(dice, packed)
}

fn gz_twice(dice: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    let packed = [gzipped(&bytes), gzipped(&bytes)].concat();
    flips(dice, packed)
}

/// A bomb's name, and how it is made.
type Bomb = (&'static str, fn() -> Vec<u8>);

/// What somebody built to break a reader.
const BOMBS: &[Bomb] = &[
    ("zeros.gz", || gzipped(&vec![0; 64 << 20])),
    ("story.gz", || gzipped(&b"The port was shut. ".repeat(3 << 20))),
    ("gz-in-gz-in-gz", || {
        (0..9).fold(b"Port shut\n\nIt was.\n".to_vec(), |inner, _| gzipped(&inner))
    }),
    ("gz-of-bombs", || gzipped(&gzipped(&gzipped(&vec![b' '; 64 << 20])))),
    ("laughs.xml", laughs),
    ("quadratic.xml", || {
        let entity = "x".repeat(1000);
        let uses = "&a;".repeat(100_000);
        format!("<!DOCTYPE nitf [<!ENTITY a \"{entity}\">]><nitf><body><body.content><p>{uses}</p></body.content></body></nitf>").into_bytes()
    }),
    ("external.xml", || {
        b"<!DOCTYPE nitf [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><nitf><body><body.head><hedline><hl1>&a;</hl1></hedline></body.head></body></nitf>".to_vec()
    }),
    ("deep.xml", || nested("<nitf>", "<p>", "</p>", 100_000)),
    ("deep.g2.xml", || {
        nested(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\">",
            "<group>",
            "</group>",
            100_000,
        )
    }),
    ("open.html", || nested("<!DOCTYPE html><html><body>", "<div>", "", 100_000)),
    ("deep.html", || nested("<!DOCTYPE html><html><body>", "<div><b>", "</b></div>", 50_000)),
    ("formats.html", || nested("<!DOCTYPE html><html><body>", "<p><b><i><font>", "", 20_000)),
    ("tables.html", || nested("<!DOCTYPE html><html><body>", "<table><tr><td>", "", 20_000)),
    ("attributes.xml", || {
        let attributes: String = (0..50_000).map(|n| format!(" a{n}=\"1\"")).collect();
        format!("<nitf{attributes}><body/></nitf>").into_bytes()
    }),
    ("attributes.html", || {
        let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
        format!("<!DOCTYPE html><html><body{attributes}><p>It was.</p></body></html>").into_bytes()
    }),
    ("deep.json", || [b"[".repeat(200_000), b"]".repeat(200_000)].concat()),
    ("deep-object.json", || b"{\"body\":".repeat(100_000)),
    ("keys.json", || {
        let keys: String = (0..200_000).map(|n| format!("\"k{n}\":1,")).collect();
        format!("{{{keys}\"title\":\"x\",\"body\":\"It was shut.\"}}").into_bytes()
    }),
    ("numbers.json", || {
        format!("{{\"title\":\"x\",\"published\":{},\"body\":1e999999}}", "9".repeat(100_000))
            .into_bytes()
    }),
    ("columns.csv", || {
        format!("title,body{}\na,b{}\n", ",x".repeat(200_000), ",1".repeat(200_000)).into_bytes()
    }),
    ("quote.csv", || format!("title,body\n\"{}", "x,\n".repeat(500_000)).into_bytes()),
    ("elements.sgm", || b"<REUTERS><TEXT>".repeat(50_000)),
    ("transmissions.anpa", || b"\x16\x16x\x13\x02^a<\x03\x04".repeat(50_000)),
    ("headers.iptc", || b"\x01a1 4 i 1\r\n\x02x\x03\x04".repeat(50_000)),
    ("quotes.txt", || format!("Port shut\n\n{}", "\"“‘«".repeat(200_000)).into_bytes()),
    ("brackets.txt", || format!("Port shut\n\n{}", "([{(".repeat(200_000)).into_bytes()),
    ("said.txt", || format!("Port shut\n\n{}", "“a,” said ".repeat(100_000)).into_bytes()),
    ("names.txt", || format!("Port shut\n\n{}", "Ada Orlo ".repeat(200_000)).into_bytes()),
    ("days.txt", || format!("Port shut\n\n{}", "March 3, ".repeat(200_000)).into_bytes()),
    ("digits.txt", || format!("Port shut\n\n{}", "1".repeat(2_000_000)).into_bytes()),
    ("word.txt", || format!("Port shut\n\n{}", "a".repeat(4_000_000)).into_bytes()),
    ("words.txt", || format!("Port shut\n\n{}", "It was. ".repeat(500_000)).into_bytes()),
    ("lines.txt", || "a\n".repeat(2_000_000).into_bytes()),
    ("marks.txt", || {
        format!("Port shut\n\n{}", "e\u{301}\u{301}\u{301}\u{301}".repeat(200_000)).into_bytes()
    }),
    ("directions.txt", || {
        format!("\u{202E}Port shut\n\n{}", "\u{202E}It was.\u{202C}\u{200B} ".repeat(10_000))
            .into_bytes()
    }),
    ("mail.eml", || {
        format!("From: a@b.example\nSubject: {}\n\nIt was.\n", "x".repeat(5_000_000)).into_bytes()
    }),
    ("parts.eml", parts),
    ("records.warc", || {
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\nHTTP".repeat(20_000)
    }),
    ("length.warc", || {
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nHTTP/1.1 200 OK\r\n\r\nIt was.".to_vec()
    }),
    ("letters.mbox", || b"From a@b.example Mon Jan  1 00:00:00 2024\n".repeat(50_000)),
    ("entries.rss", || {
        format!(
            "<rss version=\"2.0\"><channel>{}</channel></rss>",
            "<item><title>a</title></item>".repeat(20_000)
        )
        .into_bytes()
    }),
    ("front-matter.md", || format!("---\n{}", "a: &a [*a, *a]\n".repeat(50_000)).into_bytes()),
    ("emphasis.md", || format!("---\ntitle: x\n---\n{}", "*_`[![".repeat(100_000)).into_bytes()),
    ("path.zip", zip_out_of_the_folder),
];

fn nested(root: &str, open: &str, close: &str, depth: usize) -> Vec<u8> {
    format!("{root}{}It was.{}", open.repeat(depth), close.repeat(depth)).into_bytes()
}

/// The billion laughs.
fn laughs() -> Vec<u8> {
    let mut entities = String::from("<!ENTITY l0 \"ha\">");
    for level in 1..30 {
        let inner = format!("&l{};", level - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY l{level} \"{inner}\">"));
    }
    format!("<!DOCTYPE nitf [{entities}]><nitf><body><body.head><hedline><hl1>&l29;</hl1></hedline></body.head></body></nitf>").into_bytes()
}

/// A mail of parts within parts.
fn parts() -> Vec<u8> {
    let mut mail = String::from("From: a@b.example\nSubject: x\nMIME-Version: 1.0\n");
    for depth in 0..5_000 {
        mail.push_str(&format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"));
    }
    mail.push_str("Content-Type: text/plain\n\nIt was.\n");
    mail.into_bytes()
}

/// A zip of one stored member whose name leads out of the folder.
fn zip_out_of_the_folder() -> Vec<u8> {
    let (name, text) = (b"../../../../tmp/onrecord-was-here.txt", b"Port shut\n\nIt was.\n");
    let mut zip = b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0".to_vec();
    let mut crc = flate2::Crc::new();
    crc.update(text);
    zip.extend(crc.sum().to_le_bytes());
    zip.extend((text.len() as u32).to_le_bytes());
    zip.extend((text.len() as u32).to_le_bytes());
    zip.extend((name.len() as u16).to_le_bytes());
    zip.extend([0, 0]);
    zip.extend(name);
    zip.extend(text);
    zip.extend(b"PK\x05\x06");
    zip.extend([0; 18]);
    zip
}
