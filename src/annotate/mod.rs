//! Stand-in until the real one is merged.

use crate::contract::Text;
use crate::model::Annotations;

/// Stand-in.
pub fn annotate(_text: &Text<'_>) -> Annotations {
    Annotations::default()
}
