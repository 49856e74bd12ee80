//! Subscriptions: one request that stays open, and what comes on it.

use super::{
    base::{BOOLEAN, NOTIFICATION_PARAMS, REQUEST_PARAMS, RESULT, RESULT_META, URI},
    envelope::REQUEST_ID,
};
use crate::schema::language::{Type, list, may, must, object};

static FILTER: Type = object(
    "SubscriptionFilter",
    "which notifications are wanted",
    &[
        may("toolsListChanged", &BOOLEAN),
        may("promptsListChanged", &BOOLEAN),
        may("resourcesListChanged", &BOOLEAN),
        may("resourceSubscriptions", &list(&URI)),
    ],
);

pub static LISTEN_PARAMS: Type =
    object("SubscriptionsListenRequestParams", "what a subscription is to hear of", &[must("notifications", &FILTER)])
        .with(&[&REQUEST_PARAMS]);

pub static ACKNOWLEDGED: Type = object(
    "SubscriptionsAcknowledgedNotificationParams",
    "what a subscription will hear of",
    &[must("notifications", &FILTER)],
)
.with(&[&NOTIFICATION_PARAMS]);

pub static LISTEN_RESULT: Type =
    object("SubscriptionsListenResult", "the end of a subscription", &[must("_meta", &LISTEN_META)]).with(&[&RESULT]);

static LISTEN_META: Type = object(
    "SubscriptionsListenResultMetaObject",
    "which subscription has ended",
    &[must("io.modelcontextprotocol/subscriptionId", &REQUEST_ID)],
)
.with(&[&RESULT_META]);
