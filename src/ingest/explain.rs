//! How each entry of a request was told apart, and what was read of it: for people who ask why.

use super::Request;
use super::complete::complete;
use super::manifest::Standing;
use super::open::open;
use super::report::{Cause, Problem};
use super::walk::walk;
use crate::contract::{Format, Likeness};
use crate::error::{Error, Result};
use crate::format;
use crate::model::{Entry, Story};

/// What was made of one entry.
#[derive(Debug)]
pub struct Explained {
    /// The file, below the folder that was given.
    pub path: String,
    /// The member of an archive; empty for a file of its own.
    pub member: String,
    /// Every format that it looks like, the likeliest first.
    pub likely: Vec<(&'static Format, Likeness)>,
    /// The format that it was read as; none where it looks like none.
    pub read_as: Option<&'static Format>,
    /// Its stories, and what was wrong with parts of it.
    pub stories: Vec<Result<Story, Problem>>,
}

/// Takes what was made of each entry, or what was wrong with a file.
pub type Listener<'a> = dyn FnMut(Result<Explained, Problem>) -> Result<()> + 'a;

/// Explains every entry below a request's paths, one at a time.
///
/// # Errors
/// Where a path does not exist, a format is not known, and the first that the listener gives.
pub fn explain(request: &Request, listener: &mut Listener<'_>) -> Result<()> {
    let forced = request.format()?;
    let walked = walk(request)?;
    for problem in &walked.passed_over {
        listener(Err(problem.clone()))?;
    }
    for found in &walked.files {
        let place = found.path.to_string_lossy();
        let mut ended = Ok(());
        open(found, Standing::New, request.max_file_size, &request.map, &mut |entry, _| {
            let explained = entry.map(|entry| {
                let mut explained = explained(&entry, forced);
                for story in explained.stories.iter_mut().flatten() {
                    complete(story, &entry, &place, request.published);
                }
                explained
            });
            ended = listener(explained);
            ended.is_ok()
        });
        ended?;
    }
    Ok(())
}

fn explained(entry: &Entry, forced: Option<&'static Format>) -> Explained {
    let likely = format::likely(entry);
    let read_as = forced.or_else(|| likely.first().map(|(format, _)| *format));
    let refused = |error: Error| Problem::of(&entry.path, &entry.member, Cause::of(&error), &error);
    let mut stories = Vec::new();
    let ended = format::read(entry, forced, &mut |story| stories.push(story.map_err(refused)));
    stories.extend(ended.map_err(refused).err().map(Err));
    let (path, member) = (entry.path.clone(), entry.member.clone());
    Explained { path, member, likely, read_as, stories }
}
