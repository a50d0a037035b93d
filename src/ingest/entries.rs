//! Every entry below a request's paths, held in memory: for timing the parsing of them alone.

use super::Request;
use super::manifest::Standing;
use super::open::open;
use super::walk::walk;
use crate::error::Result;
use crate::model::Entry;

/// Opens every file of a request and keeps its entries; what cannot be opened is left out.
///
/// # Errors
/// Where a path does not exist.
pub fn entries(request: &Request) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for found in &walk(request)?.files {
        open(found, Standing::New, request.max_file_size, &request.map, &mut |entry, _| {
            entries.extend(entry.ok());
            true
        });
    }
    Ok(entries)
}
