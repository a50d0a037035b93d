//! Whether two names may be one person's: spellings, initials, middle names, order.
//!
//! Comes in: the fullest names that two stories give. Goes out: how alike they are, by their letters
//! alone. Knows no stories: whether the contexts agree is for others to say.

use super::first_names::are_forms;
use super::names::{MEN_NAMED, PARTICLES, SUFFIXES, WOMEN_NAMED};
use super::words::words;

/// Surnames that stand first in the names of China and Korea.
const FAMILY_FIRST: &str = "ban bo cao chen deng fang han hu jiang kim lee li liu ma mao moon park sun \
    wang wei wen wu xi xu yang yoon zhang zhao zhou zhu";

/// Particles that are first names where they open a name: "Al Gore", but "al-Assad".
const FIRST_NAMES_TOO: &[&str] = &["Al ", "Ben ", "Abu "];

/// How alike two names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// Two people's.
    Not,
    /// One gives only the surname of the other, or its only word.
    Short,
    /// One gives an initial for the other's first name.
    Initial,
    /// Nearly the same letters, or another form of the first name; or two surnames alone.
    Loosely,
    /// The same name, in its letters or in another way to spell or order them.
    Same,
}

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// First and middle names, folded; an initial is one letter.
    given: Vec<Part>,
    surname: Part,
}

/// A word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    folded: String,
    /// With each sound written in one way.
    spelt: String,
}

impl Part {
    fn of(folded: String) -> Self {
        Self { spelt: spelling(&folded), folded }
    }

    fn is_initial(&self) -> bool {
        self.folded.chars().count() == 1
    }
}

impl Name {
    /// Takes a name apart; nothing where it has no words.
    ///
    /// ```
    /// use onrecord::text::bearers::{Alike, Name};
    /// let alike = |a, b| Name::of(a).unwrap().alike(&Name::of(b).unwrap());
    /// assert_eq!(alike("Moammar Kadhafi", "Moammar Gaddafi"), Alike::Same);
    /// assert_eq!(alike("Donald J. Trump", "Donald Trump"), Alike::Same);
    /// assert_eq!(alike("D. Trump", "Donald Trump"), Alike::Initial);
    /// assert_eq!(alike("Trump", "Donald Trump"), Alike::Short);
    /// assert_eq!(alike("Melania Trump", "Donald Trump"), Alike::Not);
    /// ```
    pub fn of(name: &str) -> Option<Self> {
        let first_name = FIRST_NAMES_TOO.iter().any(|first| name.starts_with(first));
        let all: Vec<String> = words(name).map(|word| word.folded.into_owned()).collect();
        // What stands last is the surname, even "Bin" of Li Bin.
        let last = all.len().saturating_sub(1);
        let kept = |place: usize, word: &str| {
            place == last || place == 0 && first_name || !is_one_of(word, PARTICLES)
        };
        let given = all.into_iter().enumerate().filter(|(place, word)| kept(*place, word));
        let mut given: Vec<String> = given.map(|(_, word)| word).collect();
        while given.len() > 1 && given.last().is_some_and(|last| is_one_of(last, SUFFIXES)) {
            given.pop();
        }
        let surname = Part::of(given.pop()?);
        Some(Self { given: given.into_iter().map(Part::of).collect(), surname })
    }

    /// The keys under which names like this one are looked up: one for each of its words but
    /// initials. Names that may be alike share at least that of the surname.
    pub fn keys(&self) -> Vec<String> {
        let all = self.given.iter().chain([&self.surname]);
        let parts = all.filter(|part| !part.is_initial());
        let mut keys: Vec<String> = parts.map(|part| consonants(&part.spelt)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The key of the surname.
    pub fn surname_key(&self) -> String {
        consonants(&self.surname.spelt)
    }

    /// Whether it is one word, and that one is mostly a first name.
    pub fn is_first_name(&self) -> bool {
        let word = self.surname.folded.as_str();
        self.is_short()
            && !is_one_of(word, FAMILY_FIRST)
            && (is_one_of(word, MEN_NAMED) || is_one_of(word, WOMEN_NAMED))
    }

    /// Whether the two have one surname, letter by letter.
    pub fn shares_surname(&self, other: &Self) -> bool {
        self.surname.folded == other.surname.folded
    }

    /// The key of the word by which a story may call its bearer beside the surname: the first of a
    /// name of two words and more.
    pub fn first_key(&self) -> Option<String> {
        let first = self.given.first().filter(|first| !first.is_initial())?;
        Some(consonants(&first.spelt))
    }

    /// How many words it has.
    pub fn length(&self) -> usize {
        self.given.len() + 1
    }

    /// The words but particles and suffixes, folded, one space between.
    pub fn folded(&self) -> String {
        let words: Vec<&str> =
            self.given.iter().chain([&self.surname]).map(|part| part.folded.as_str()).collect();
        words.join(" ")
    }

    /// Whether it has but one word.
    pub fn is_short(&self) -> bool {
        self.given.is_empty()
    }

    /// Whether its first name is only an initial.
    pub fn is_initial(&self) -> bool {
        self.given.first().is_some_and(Part::is_initial)
    }

    /// How alike two names are.
    pub fn alike(&self, other: &Self) -> Alike {
        if self.is_turned(other) {
            return Alike::Same;
        }
        if self.is_short() != other.is_short() {
            let (short, full) = if self.is_short() { (self, other) } else { (other, self) };
            return if full.may_be_called(&short.surname) { Alike::Short } else { Alike::Not };
        }
        let surnames = Spelt::of(&self.surname, &other.surname);
        if self.is_short() {
            return match surnames {
                Spelt::Same => Alike::Same,
                Spelt::Otherwise | Spelt::Nearly => Alike::Loosely,
                Spelt::Not => Alike::Not,
            };
        }
        let given = self.given_alike(other);
        match surnames {
            Spelt::Not => Alike::Not,
            Spelt::Nearly if given == Alike::Same => Alike::Loosely,
            Spelt::Nearly => Alike::Not,
            Spelt::Same | Spelt::Otherwise => given,
        }
    }

    /// Whether one is the other with surname first: "Orban Viktor".
    fn is_turned(&self, other: &Self) -> bool {
        let ([mine], [theirs]) = (self.given.as_slice(), other.given.as_slice()) else {
            return false;
        };
        *mine == other.surname && self.surname == *theirs && !mine.is_initial()
    }

    /// Whether a story may call this bearer by one word: the surname, or the first word where that
    /// is one ("Ban" for Ban Ki-moon).
    fn may_be_called(&self, part: &Part) -> bool {
        if matches!(Spelt::of(&self.surname, part), Spelt::Same | Spelt::Otherwise) {
            return true;
        }
        let first = self.given.first().is_some_and(|first| first.folded == part.folded);
        first && is_one_of(&part.folded, FAMILY_FIRST)
    }

    fn given_alike(&self, other: &Self) -> Alike {
        let (mut mine, mut theirs) = (self.given.iter(), other.given.iter());
        let (Some(first), Some(their_first)) = (mine.next(), theirs.next()) else {
            return Alike::Not;
        };
        // Middle names may be left out; two that are given must agree.
        let middles = mine.zip(theirs).all(|(a, b)| first_names(a, b) != Alike::Not);
        if middles { first_names(first, their_first) } else { Alike::Not }
    }
}

/// How alike two first names are.
fn first_names(one: &Part, other: &Part) -> Alike {
    if one.folded == other.folded {
        return Alike::Same;
    }
    let initial = |a: &Part, b: &Part| a.is_initial() && b.folded.starts_with(&a.folded);
    if initial(one, other) || initial(other, one) {
        return Alike::Initial;
    }
    match Spelt::of(one, other) {
        Spelt::Same | Spelt::Otherwise => Alike::Same,
        Spelt::Nearly => Alike::Loosely,
        Spelt::Not if is_slip(&one.spelt, &other.spelt) => Alike::Loosely,
        Spelt::Not if are_forms(&one.folded, &other.folded) => Alike::Loosely,
        Spelt::Not => Alike::Not,
    }
}

/// Whether one letter of a first name of some length is another: "Michal", "Mikhal".
fn is_slip(one: &str, other: &str) -> bool {
    let differing = || one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    one.len() == other.len() && one.len() >= LONG_ENOUGH - 1 && differing() == 1
}

/// How alike two words of a name are spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelt {
    /// Letter by letter.
    Same,
    /// Another way to write the same sounds: "Zelenskyy", "Kadhafi".
    Otherwise,
    /// The same but for some vowels: "Lukashenka".
    Nearly,
    /// Another word.
    Not,
}

/// Below so many letters, a vowel makes another name.
const LONG_ENOUGH: usize = 6;

impl Spelt {
    fn of(one: &Part, other: &Part) -> Self {
        if one.folded == other.folded {
            return Self::Same;
        }
        let (one, other) = (&one.spelt, &other.spelt);
        if one == other {
            return Self::Otherwise;
        }
        if one.len() != other.len() || one.len() < LONG_ENOUGH {
            return Self::Not;
        }
        let differing: Vec<(u8, u8)> =
            one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).collect();
        let vowels = differing.iter().all(|(a, b)| is_vowel(*a) && is_vowel(*b));
        if vowels && differing.len() * 3 <= one.len() { Self::Nearly } else { Self::Not }
    }
}

fn is_vowel(letter: u8) -> bool {
    b"aeiou".contains(&letter)
}

fn is_one_of(word: &str, table: &str) -> bool {
    table.split_ascii_whitespace().any(|entry| entry == word)
}

/// Groups of letters that write one sound, the longest first, and the sign for it.
const SOUNDS: &[(&str, &str)] = &[
    ("tsch", "C"),
    ("sch", "S"),
    ("tch", "C"),
    ("ch", "C"),
    ("cz", "C"),
    ("sh", "S"),
    ("zh", "Z"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("ck", "k"),
    ("qu", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ij", "i"),
    ("iy", "i"),
    ("yy", "i"),
    ("y", "i"),
    ("w", "v"),
    ("q", "k"),
];

/// A folded word with each sound written in one way only; no letter twice in a row.
fn spelling(word: &str) -> String {
    let mut spelt = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let sound = SOUNDS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (length, written) = match sound {
            Some((letters, sign)) => (letters.len(), *sign),
            None if letter == 'c' => (1, "k"),
            None => (letter.len_utf8(), &rest[..letter.len_utf8()]),
        };
        // At the front g, k and q write one Arabic sound.
        let written = if spelt.is_empty() && written == "g" { "k" } else { written };
        if !spelt.ends_with(written) {
            spelt.push_str(written);
        }
        rest = &rest[length..];
    }
    spelt
}

/// What a word sounds like, roughly: its consonants, and whether a vowel opens it.
///
/// ```
/// use onrecord::text::bearers::sound;
/// assert_eq!(sound("zelenskyy"), sound("zelenskiy"));
/// assert_eq!(sound("qaddafi"), sound("kadhafi"));
/// assert_ne!(sound("smith"), sound("jones"));
/// ```
pub fn sound(word: &str) -> String {
    consonants(&spelling(word))
}

fn consonants(spelt: &str) -> String {
    let mut sound = String::with_capacity(spelt.len());
    for (place, letter) in spelt.char_indices() {
        let vowel = letter.is_ascii() && is_vowel(letter as u8);
        let written = match vowel {
            true if place == 0 => 'a',
            true => continue,
            false => letter,
        };
        if !sound.ends_with(written) {
            sound.push(written);
        }
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike(one: &str, other: &str) -> Alike {
        Name::of(one).unwrap().alike(&Name::of(other).unwrap())
    }

    #[test]
    fn spellings_of_one_name_are_the_same() {
        for (one, other) in [
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelenskiy", "Volodymyr Zelenskij"),
            ("Muammar Qaddafi", "Muammar Khadafy"),
            ("Viktor Yanukovych", "Viktor Yanukovich"),
            ("Inés Sandoval", "Ines Sandoval"),
            ("Orban Viktor", "Viktor Orbán"),
            ("Xi Jinping", "Jinping Xi"),
            ("Ursula von der Leyen", "Ursula Leyen"),
            ("Hillary Rodham Clinton", "Hillary Clinton"),
            ("Cal Ripken Jr", "Cal Ripken"),
        ] {
            assert_eq!(alike(one, other), Alike::Same, "{one}, {other}");
            assert_eq!(alike(other, one), Alike::Same, "{other}, {one}");
        }
    }

    #[test]
    fn what_is_less_sure_says_so() {
        for (one, other, how) in [
            ("Alexander Lukashenko", "Alexander Lukashenka", Alike::Loosely),
            ("Vladimir Zelensky", "Volodymyr Zelensky", Alike::Loosely),
            ("Bill Orlo", "William Orlo", Alike::Loosely),
            ("Michal Orsenko", "Mikhal Orsenko", Alike::Loosely),
            ("Moammar Gadhafi", "Muammar Gaddafi", Alike::Loosely),
            ("H. Clinton", "Hillary Clinton", Alike::Initial),
            ("Zelenskyy", "Volodymyr Zelensky", Alike::Short),
            ("Ban", "Ban Ki-moon", Alike::Short),
            ("Xi", "Xi Jinping", Alike::Short),
            ("Hillary", "Hillary Clinton", Alike::Not),
            ("Ashton", "Ashton Carter", Alike::Not),
            ("Al Gore", "Albert Gore", Alike::Not),
            ("Li Bin", "Li Du", Alike::Not),
            ("al-Assad", "Bashar al-Assad", Alike::Short),
            ("Bill Clinton", "Hillary Clinton", Alike::Not),
            ("Dan Brown", "Don Brown", Alike::Not),
            ("John Brown", "John Byrne", Alike::Not),
            ("George H. Bush", "George W. Bush", Alike::Not),
            ("Smith", "Smyth", Alike::Loosely),
        ] {
            assert_eq!(alike(one, other), how, "{one}, {other}");
            assert_eq!(alike(other, one), how, "{other}, {one}");
        }
    }

    proptest! {
        #[test]
        fn any_name_is_like_itself_and_likeness_has_no_side(
            one in "[A-Za-zé.' -]{0,24}|\\PC{0,12}", other in "[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}",
        ) {
            let (Some(one), Some(other)) = (Name::of(&one), Name::of(&other)) else { return Ok(()) };
            prop_assert_eq!(one.alike(&one), if one.is_initial() { one.alike(&one) } else { Alike::Same });
            prop_assert_eq!(one.alike(&other), other.alike(&one));
        }

        // A look-up by keys must meet every name that may be joined.
        #[test]
        fn names_that_are_alike_share_a_key(
            given in prop::sample::select(&["Volodymyr", "Vladimir", "V.", ""][..]),
            surname in prop::sample::select(&["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenska", "Kadhafi", "Gaddafi"][..]),
            other in prop::sample::select(&["Volodymyr Zelenskij", "Vladimir Zelensky", "Zelenski", "V. Qaddafi", "Vladimir Khadafy"][..]),
        ) {
            let one = Name::of(&format!("{given} {surname}")).unwrap();
            let other = Name::of(other).unwrap();
            if one.alike(&other) != Alike::Not {
                prop_assert!(one.keys().iter().any(|key| other.keys().contains(key)));
            }
        }
    }
}
