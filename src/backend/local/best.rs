//! The best of many documents by score, those of one score in the order of their standing.

use std::cmp::Ordering;

use tantivy::{DocAddress, Score};

use super::standing::{Columns, Place};

/// A document and its score.
pub(super) type Scored = (Score, DocAddress);

/// What rounding may add to a score.
const ROUNDING: Score = 1.0001;
/// So many more than needed are held before the rest is given up, as a part of those needed.
const SLACK: usize = 2;
/// And no fewer than these.
const LEAST_SLACK: usize = 16;

/// How many are wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// How many are held at most.
    pub(super) needed: usize,
    /// How many of them are asked for, where a second look follows that may raise a score: what cannot
    /// come among these need not be held.
    pub(super) first: Option<(usize, Rise)>,
}

/// By how much a second look may raise a score: by a share of it, or of the most that it looks at.
#[derive(Clone, Copy)]
pub(super) struct Rise {
    pub(super) share: Score,
    pub(super) of_most: Score,
}

impl Rise {
    /// What a score may come to.
    pub(super) fn most(self, score: Score) -> Score {
        (score + self.share * score.min(self.of_most)) * ROUNDING
    }

    /// The least score that may come to another.
    fn least(self, to: Score) -> Score {
        (to / (1.0 + self.share)).max(to - self.share * self.of_most) / ROUNDING
    }
}

/// Up to how many that are asked for are kept apart.
const FEW: usize = 64;

/// Holds the best of those offered.
pub(super) struct Best<'a> {
    columns: &'a [Columns],
    needed: usize,
    held: Vec<Scored>,
    /// The score of the last of those needed when the rest was last given up, and where it stands among
    /// those of that score.
    last: Option<(Score, (Place, DocAddress))>,
    /// How many of the first are asked for, by how much a score may yet rise, and the scores of the first,
    /// the highest first.
    first: Option<(usize, Rise)>,
    highest: Vec<Score>,
    floor: Score,
}

impl<'a> Best<'a> {
    pub(super) fn new(columns: &'a [Columns], wanted: Wanted) -> Self {
        let needed = wanted.needed.max(1);
        let first = wanted.first.filter(|(first, _)| (1..=FEW).contains(first));
        let (held, highest) = (Vec::new(), Vec::new());
        Self { columns, needed, held, last: None, first, highest, floor: Score::MIN }
    }

    /// Holds none below a score from here on.
    pub(super) fn raise(&mut self, floor: Score) {
        self.floor = self.floor.max(floor);
    }

    /// How many are held.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    /// The score below which nothing is wanted. It never falls.
    pub(super) fn floor(&self) -> Score {
        self.floor
    }

    /// Notes the score of one that is held.
    fn note(&mut self, score: Score) {
        let Some((first, rise)) = self.first else { return };
        if self.highest.len() == first && self.highest.last().is_some_and(|least| score <= *least) {
            return;
        }
        let at = self.highest.partition_point(|higher| *higher >= score);
        self.highest.insert(at, score);
        self.highest.truncate(first);
        if let (true, Some(least)) = (self.highest.len() == first, self.highest.last()) {
            self.floor = self.floor.max(rise.least(*least));
        }
    }

    /// Takes a document that may be among the best.
    pub(super) fn offer(&mut self, score: Score, at: DocAddress) {
        if score < self.floor || self.is_behind_the_last(score, at) {
            return;
        }
        self.held.push((score, at));
        self.note(score);
        if self.held.len() >= self.needed.saturating_add((self.needed / SLACK).max(LEAST_SLACK)) {
            self.give_up_the_rest();
        }
    }

    /// Whether so many stand before a document that it is not among those needed.
    fn is_behind_the_last(&self, score: Score, at: DocAddress) -> bool {
        self.last.as_ref().is_some_and(|(least, last)| match score.total_cmp(least) {
            Ordering::Less => true,
            Ordering::Equal => place(self.columns, at) > *last,
            Ordering::Greater => false,
        })
    }

    fn give_up_the_rest(&mut self) {
        if self.held.len() < self.needed {
            return;
        }
        let higher = |one: &Scored, other: &Scored| other.0.total_cmp(&one.0);
        let (_, (least, _), _) = self.held.select_nth_unstable_by(self.needed - 1, higher);
        let least = *least;
        // Where they stand is looked up only of those between which scores do not tell.
        let alike = self.held.iter().filter(|(score, _)| score.total_cmp(&least).is_eq());
        let mut alike: Vec<(Place, DocAddress)> =
            alike.map(|(_, at)| place(self.columns, *at)).collect();
        self.held.retain(|(score, _)| score.total_cmp(&least).is_gt());
        alike.sort_unstable();
        alike.truncate(self.needed - self.held.len());
        self.held.extend(alike.iter().map(|(_, at)| (least, *at)));
        self.last = alike.pop().map(|last| (least, last));
        self.floor = self.floor.max(least);
    }

    /// The best, in no order.
    pub(super) fn in_any_order(mut self) -> Vec<Scored> {
        self.give_up_the_rest();
        self.held
    }

    /// The best, the first first.
    pub(super) fn in_order(self) -> Vec<Scored> {
        let columns = self.columns;
        let mut held = self.in_any_order();
        put_in_order(columns, &mut held);
        held
    }
}

/// Puts documents in order: the higher score first, and of one score by their standing.
pub(super) fn put_in_order(columns: &[Columns], held: &mut [Scored]) {
    held.sort_unstable_by(|(one, _), (other, _)| other.total_cmp(one));
    for alike in held.chunk_by_mut(|(one, _), (other, _)| one.total_cmp(other).is_eq()) {
        if alike.len() > 1 {
            alike.sort_by_cached_key(|(_, at)| place(columns, *at));
        }
    }
}

/// What is looked up of a document only where its score does not tell.
fn place(columns: &[Columns], at: DocAddress) -> (Place, DocAddress) {
    (columns[at.segment_ord as usize].standing(at.doc_id).place(), at)
}
