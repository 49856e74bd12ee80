//! Reads the environment once, parses, runs, exits.

fn main() {}
