//! Numbers, texts and spans as bytes.

use crate::model::Span;

/// Room is made for so many at first: a number that is damaged must not take all memory.
const ROOM: usize = 64;

/// What is being written.
pub(super) struct Writing {
    pub(super) bytes: Vec<u8>,
    /// The end of the last span, from which the next is told.
    last: usize,
}

impl Writing {
    /// Begins with room for so many bytes.
    pub(super) fn with_room(room: usize) -> Self {
        Self { bytes: Vec::with_capacity(room), last: 0 }
    }

    /// Seven bits a byte, the lowest first; the high bit says that more follow (LEB128).
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A number that may be below zero: 0, -1, 1, -2 ... as 0, 1, 2, 3 ...
    pub(super) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    /// The place of something in a list, from 1 on; 0 where it is not there.
    pub(super) fn place(&mut self, place: Option<usize>) {
        self.number(place.map_or(0, |at| at as u64 + 1));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// How many there are, and each.
    pub(super) fn each<T>(&mut self, all: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(all.len() as u64);
        all.iter().for_each(|one| write(self, one));
    }

    /// Whether there is one, and that one.
    pub(super) fn optional<T>(&mut self, one: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.number(u64::from(one.is_some()));
        if let Some(one) = one {
            write(self, one);
        }
    }

    /// A value by its place in the list of all there are.
    pub(super) fn one_of<T: PartialEq>(&mut self, all: &[T], one: &T) {
        let place = all.iter().position(|known| known == one);
        self.number(place.expect("the list holds every value") as u64);
    }

    /// Tells the next span from here.
    pub(super) fn begin_at(&mut self, at: usize) {
        self.last = at;
    }

    pub(super) fn span(&mut self, span: Span) {
        self.signed(span.start() as i64 - self.last as i64);
        self.number(span.len() as u64);
        self.last = span.end();
    }

    pub(super) fn spans(&mut self, spans: &[Span]) {
        self.each(spans, |to, span| to.span(*span));
    }

    pub(super) fn spans_from(&mut self, start: usize, spans: &[Span]) {
        self.begin_at(start);
        self.spans(spans);
    }
}

/// What is being read; every step gives none where the bytes are not what was written.
pub(super) struct Reading<'a> {
    left: &'a [u8],
    /// The end of the last span.
    last: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { left: bytes, last: 0 }
    }

    pub(super) fn is_at_the_end(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.left.split_first()?;
            self.left = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub(super) fn place(&mut self) -> Option<Option<usize>> {
        Some(usize::try_from(self.number()?).ok()?.checked_sub(1))
    }

    pub(super) fn str(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.left.split_at_checked(length)?;
        self.left = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn text(&mut self) -> Option<String> {
        self.str().map(str::to_owned)
    }

    pub(super) fn each<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok()?;
        // Each takes a byte at least: a number beyond that is damage.
        if count > self.left.len() {
            return None;
        }
        let mut all = Vec::with_capacity(count.min(ROOM));
        for _ in 0..count {
            all.push(read(self)?);
        }
        Some(all)
    }

    pub(super) fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.number()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }

    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::try_from(self.number()?).ok()?).copied()
    }

    pub(super) fn begin_at(&mut self, at: usize) {
        self.last = at;
    }

    pub(super) fn span(&mut self) -> Option<Span> {
        let start = (self.last as i64).checked_add(self.signed()?)?;
        let start = u32::try_from(start).ok()? as usize;
        let length = u32::try_from(self.number()?).ok()? as usize;
        let end = u32::try_from(start + length).ok()? as usize;
        self.last = end;
        Some(Span::new(start, end))
    }

    pub(super) fn spans(&mut self) -> Option<Vec<Span>> {
        self.each(Self::span)
    }

    pub(super) fn spans_from(&mut self, start: usize) -> Option<Vec<Span>> {
        self.begin_at(start);
        self.spans()
    }
}
