//! How many of all matches there are of each value of a field.

use super::people::{Known, Speaking, speaking};
use crate::contract::Index;
use crate::error::{Error, Kind, Result};
use crate::model::{Facet, Field, Query, Scope, Tally};
use crate::query::name_of;

/// How many values are told.
const MOST: usize = 10;

/// Counts the values of a field over all that match; speakers under one name each.
///
/// # Errors
/// Where the index is damaged, or the field has no place in what is asked.
pub fn facet(
    index: &dyn Index,
    query: &Query,
    scope: Scope,
    field: Field,
    known: &Known,
) -> Result<Facet> {
    let name = name_of(field);
    let mut values: Vec<Tally> = match (scope, field) {
        (_, Field::Speaker) => {
            let tally = |Speaking { name, count, .. }| Tally { value: name, count };
            speaking(index, &query.root, scope, known)?.into_iter().map(tally).collect()
        }
        (Scope::Statements, Field::Source) | (Scope::Stories, _) => {
            index.tally(&query.root, scope, field)?
        }
        (Scope::Statements, _) => {
            return Err(Error::new(Kind::Usage, format!("statements are not counted by {name}"))
                .hint("they are by source and by speaker; stories by any of the fields"));
        }
    };
    values.truncate(MOST);
    Ok(Facet { field: name, values })
}
