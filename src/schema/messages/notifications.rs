//! Notifications that belong to no single feature: cancellation, progress, logging.

use super::{
    base::{ANYTHING, LOGGING_LEVEL, NOTIFICATION_PARAMS, NUMBER, PROGRESS_TOKEN, REQUEST_PARAMS, TEXT},
    envelope::REQUEST_ID,
};
use crate::schema::language::{Type, V2025_03_26, V2025_11_25, V2026_07_28, may, must, object};

/// In the revision with tasks the request may be missing.
pub static CANCELLED: Type = object(
    "CancelledNotificationParams",
    "which request is no longer wanted",
    &[
        must("requestId", &REQUEST_ID).until(V2025_11_25),
        may("requestId", &REQUEST_ID).since(V2025_11_25).until(V2026_07_28),
        must("requestId", &REQUEST_ID).since(V2026_07_28),
        may("reason", &TEXT),
    ],
)
.with(&[&NOTIFICATION_PARAMS]);

pub static PROGRESS: Type = object(
    "ProgressNotificationParams",
    "how far a request has come",
    &[
        must("progressToken", &PROGRESS_TOKEN),
        must("progress", &NUMBER),
        may("total", &NUMBER),
        may("message", &TEXT).since(V2025_03_26),
    ],
)
.with(&[&NOTIFICATION_PARAMS]);

pub static LOG_MESSAGE: Type = object(
    "LoggingMessageNotificationParams",
    "something worth writing down",
    &[must("level", &LOGGING_LEVEL), may("logger", &TEXT), must("data", &ANYTHING)],
)
.with(&[&NOTIFICATION_PARAMS]);

pub static SET_LEVEL: Type =
    object("SetLevelRequestParams", "from which level on messages are wanted", &[must("level", &LOGGING_LEVEL)])
        .with(&[&REQUEST_PARAMS]);
