//! Tasks: requests whose results are fetched later. They exist in one revision.

use super::{
    base::{NOTIFICATION_PARAMS, NULL, REQUEST_META, REQUEST_PARAMS, RESULT, TEXT, WHOLE},
    lists::PAGINATED,
};
use crate::schema::language::{
    Span, Type, V2025_11_25, V2026_07_28, list, may, must, object, part, text, union, word, words,
};

pub static TASK_AUGMENTED: Type = object(
    "TaskAugmentedRequestParams",
    "parameters of a request that may become a task",
    &[may("task", &TASK_METADATA).since(V2025_11_25).until(V2026_07_28)],
)
.with(&[&ORDINARY]);

/// Parameters that are a message of their own have metadata; those inside a result have none.
static ORDINARY: Type = part(&[may("_meta", &REQUEST_META).until(V2026_07_28)]);

static TASK_METADATA: Type = object("TaskMetadata", "how long a task is to be kept", &[may("ttl", &WHOLE)]);

pub static RELATED_TASK_METADATA: Type =
    object("RelatedTaskMetadata", "which task a message belongs to", &[must("taskId", &TEXT)]);

static TASK_STATUS: Type = words(
    "TaskStatus",
    "where a task stands",
    &[word("working"), word("input_required"), word("completed"), word("failed"), word("cancelled")],
);

static MOMENT: Type = text(&[(Span::ALWAYS, "timestamp")]);

static TASK: Type = object(
    "Task",
    "a request that is still being worked on, or has been",
    &[
        must("taskId", &TEXT),
        must("status", &TASK_STATUS),
        may("statusMessage", &TEXT),
        must("createdAt", &MOMENT),
        must("lastUpdatedAt", &MOMENT),
        must("ttl", &union("", "", &[&WHOLE, &NULL])),
        may("pollInterval", &WHOLE),
    ],
);

pub static CREATED: Type =
    object("CreateTaskResult", "the task that a request has become", &[must("task", &TASK)]).with(&[&RESULT]);

pub static TASK_PARAMS: Type = part(&[must("taskId", &TEXT)]).with(&[&REQUEST_PARAMS]);

pub static GET_RESULT: Type = object("GetTaskResult", "where a task stands", &[]).with(&[&TASK, &RESULT]);

pub static CANCEL_RESULT: Type =
    object("CancelTaskResult", "where a task stands that was cancelled", &[]).with(&[&TASK, &RESULT]);

/// It is the result of the request that became a task, of whatever method.
pub static PAYLOAD_RESULT: Type = object("GetTaskPayloadResult", "what a task gave back", &[]).with(&[&RESULT]);

pub static LIST_RESULT: Type =
    object("ListTasksResult", "tasks that are known", &[must("tasks", &list(&TASK))]).with(&[&PAGINATED]);

pub static STATUS_PARAMS: Type =
    object("TaskStatusNotificationParams", "where a task stands now", &[]).with(&[&TASK, &NOTIFICATION_PARAMS]);
