//! The exit codes, in one place.

use super::Totals;

/// What the process tells its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything that was tested is clean.
    Clean,
    /// There are findings.
    Findings,
    /// The command line or a suite file is wrong.
    Usage,
    /// The server could not be started or spoken to.
    Unreachable,
    /// Nothing was tested.
    NothingTested,
    /// A bug of ours.
    Internal,
    /// Ctrl-C.
    Interrupted,
}

impl Exit {
    /// Every code with its meaning, for the help and the documentation.
    pub const TABLE: [(Self, &'static str); 7] = [
        (Self::Clean, "clean: everything that was tested passed"),
        (Self::Findings, "findings: a check failed, or warned under `--deny warnings`"),
        (Self::Usage, "usage: the command line or a suite file is wrong"),
        (Self::Unreachable, "unreachable: the server could not be started or spoken to"),
        (Self::NothingTested, "nothing was tested: no check was selected, or every one was skipped"),
        (Self::Internal, "internal: a bug of mcp-litmus"),
        (Self::Interrupted, "interrupted by Ctrl-C"),
    ];

    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Unreachable => 3,
            Self::NothingTested => 4,
            Self::Internal => 70,
            Self::Interrupted => 130,
        }
    }

    /// The code that the counts of a finished run deserve.
    pub fn of(totals: &Totals, deny_warnings: bool) -> Self {
        if totals.fail > 0 || (deny_warnings && totals.warn > 0) {
            Self::Findings
        } else if totals.error > 0 {
            Self::Internal
        } else if totals.tested() == 0 {
            Self::NothingTested
        } else {
            Self::Clean
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_outweigh_our_own_errors_and_nothing_is_not_green() {
        let totals = |fail, warn, error, pass| Totals { pass, fail, warn, skip: 3, error };
        assert_eq!(Exit::of(&totals(1, 0, 1, 5), false), Exit::Findings);
        assert_eq!(Exit::of(&totals(0, 1, 0, 5), false), Exit::Clean);
        assert_eq!(Exit::of(&totals(0, 1, 0, 5), true), Exit::Findings);
        assert_eq!(Exit::of(&totals(0, 0, 1, 5), true), Exit::Internal);
        assert_eq!(Exit::of(&totals(0, 0, 0, 0), true), Exit::NothingTested);
    }
}
