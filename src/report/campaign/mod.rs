//! The reports of a campaign of fuzzing, and the lines that are shown while it goes on. Values in, text out.

pub mod console;
mod evidence;
pub mod formats;
pub mod json;
pub mod junit;
pub mod live;
pub mod sarif;
mod words;

pub use formats::{FORMATS, Render, Request, parse};
