//! Every method, who says it, with which parameters, and what it is answered with.

use super::{
    base::{NOTIFICATION_PARAMS, REQUEST_PARAMS, RESULT},
    completion, elicitation,
    input::INPUT_REQUIRED,
    lifecycle,
    lists::PAGINATED_PARAMS,
    notifications, prompts, resources, roots, sampling, subscriptions, tasks, tools,
};
use crate::schema::language::{
    Method, Type, V2025_06_18, V2025_11_25, V2026_07_28, having, notification, object, request, switch, word,
};

/// Every method of every revision.
pub static METHODS: &[Method] = &[
    request("initialize", "InitializeRequest", &lifecycle::INITIALIZE_PARAMS, &lifecycle::INITIALIZE_RESULT)
        .until(V2026_07_28),
    request("server/discover", "DiscoverRequest", &REQUEST_PARAMS, &lifecycle::DISCOVER_RESULT).since(V2026_07_28),
    request("ping", "PingRequest", &REQUEST_PARAMS, &EMPTY).of_both().until(V2026_07_28),
    request("tools/list", "ListToolsRequest", &PAGINATED_PARAMS, &tools::LIST_RESULT),
    request("tools/call", "CallToolRequest", &tools::CALL_PARAMS, &TOOL_CALLED),
    request("resources/list", "ListResourcesRequest", &PAGINATED_PARAMS, &resources::LIST_RESULT),
    request(
        "resources/templates/list",
        "ListResourceTemplatesRequest",
        &PAGINATED_PARAMS,
        &resources::LIST_TEMPLATES_RESULT,
    ),
    request("resources/read", "ReadResourceRequest", &resources::READ_PARAMS, &RESOURCE_READ),
    request("resources/subscribe", "SubscribeRequest", &resources::URI_PARAMS, &EMPTY).until(V2026_07_28),
    request("resources/unsubscribe", "UnsubscribeRequest", &resources::URI_PARAMS, &EMPTY).until(V2026_07_28),
    request("prompts/list", "ListPromptsRequest", &PAGINATED_PARAMS, &prompts::LIST_RESULT),
    request("prompts/get", "GetPromptRequest", &prompts::GET_PARAMS, &PROMPT_GOT),
    request("completion/complete", "CompleteRequest", &completion::PARAMS, &completion::COMPLETE_RESULT),
    request("logging/setLevel", "SetLevelRequest", &notifications::SET_LEVEL, &EMPTY).until(V2026_07_28),
    request(
        "subscriptions/listen",
        "SubscriptionsListenRequest",
        &subscriptions::LISTEN_PARAMS,
        &subscriptions::LISTEN_RESULT,
    )
    .since(V2026_07_28),
    request("roots/list", "ListRootsRequest", &REQUEST_PARAMS, &roots::LIST_RESULT).of_server().until(V2026_07_28),
    request("sampling/createMessage", "CreateMessageRequest", &sampling::PARAMS, &MESSAGE_CREATED)
        .of_server()
        .until(V2026_07_28),
    request("elicitation/create", "ElicitRequest", &elicitation::PARAMS, &USER_ASKED)
        .of_server()
        .since(V2025_06_18)
        .until(V2026_07_28),
    request("tasks/get", "GetTaskRequest", &tasks::TASK_PARAMS, &tasks::GET_RESULT)
        .of_both()
        .since(V2025_11_25)
        .until(V2026_07_28),
    request("tasks/result", "GetTaskPayloadRequest", &tasks::TASK_PARAMS, &tasks::PAYLOAD_RESULT)
        .of_both()
        .since(V2025_11_25)
        .until(V2026_07_28),
    request("tasks/list", "ListTasksRequest", &PAGINATED_PARAMS, &tasks::LIST_RESULT)
        .of_both()
        .since(V2025_11_25)
        .until(V2026_07_28),
    request("tasks/cancel", "CancelTaskRequest", &tasks::TASK_PARAMS, &tasks::CANCEL_RESULT)
        .of_both()
        .since(V2025_11_25)
        .until(V2026_07_28),
    notification("notifications/initialized", "InitializedNotification", &NOTIFICATION_PARAMS).until(V2026_07_28),
    notification("notifications/cancelled", "CancelledNotification", &notifications::CANCELLED).of_both().with_params(),
    notification("notifications/progress", "ProgressNotification", &notifications::PROGRESS)
        .of_both()
        .until(V2026_07_28),
    notification("notifications/progress", "ProgressNotification", &notifications::PROGRESS)
        .of_server()
        .since(V2026_07_28),
    notification("notifications/message", "LoggingMessageNotification", &notifications::LOG_MESSAGE).of_server(),
    notification("notifications/tools/list_changed", "ToolListChangedNotification", &NOTIFICATION_PARAMS).of_server(),
    notification("notifications/prompts/list_changed", "PromptListChangedNotification", &NOTIFICATION_PARAMS)
        .of_server(),
    notification("notifications/resources/list_changed", "ResourceListChangedNotification", &NOTIFICATION_PARAMS)
        .of_server(),
    notification("notifications/resources/updated", "ResourceUpdatedNotification", &resources::UPDATED_PARAMS)
        .of_server(),
    notification("notifications/roots/list_changed", "RootsListChangedNotification", &NOTIFICATION_PARAMS)
        .until(V2026_07_28),
    notification(
        "notifications/elicitation/complete",
        "ElicitationCompleteNotification",
        &elicitation::COMPLETE_PARAMS,
    )
    .of_server()
    .since(V2025_11_25)
    .until(V2026_07_28),
    notification("notifications/tasks/status", "TaskStatusNotification", &tasks::STATUS_PARAMS)
        .of_both()
        .since(V2025_11_25)
        .until(V2026_07_28),
    notification(
        "notifications/subscriptions/acknowledged",
        "SubscriptionsAcknowledgedNotification",
        &subscriptions::ACKNOWLEDGED,
    )
    .of_server()
    .since(V2026_07_28),
];

static EMPTY: Type = object("EmptyResult", "that a request was carried out", &[]).with(&[&RESULT]);

/// A request that may become a task is answered with that task.
static TOOL_CALLED: Type = having(
    "",
    "",
    &[
        word("content").is(&tools::CALL_RESULT).since(V2025_11_25).until(V2026_07_28),
        word("task").is(&tasks::CREATED).since(V2025_11_25).until(V2026_07_28),
    ],
    &CALL_ANSWERED,
);
static MESSAGE_CREATED: Type =
    having("", "", &[word("task").is(&tasks::CREATED).since(V2025_11_25).until(V2026_07_28)], &sampling::ANSWER);
static USER_ASKED: Type =
    having("", "", &[word("task").is(&tasks::CREATED).since(V2025_11_25).until(V2026_07_28)], &elicitation::ANSWER);

/// A request on which the server may ask back. A kind of result that only an extension knows is left to it.
const fn may_ask_back(cases: &'static [crate::schema::language::Case; 2], complete: &'static Type) -> Type {
    switch("resultType", cases, complete, &RESULT)
}

static CALL_ANSWERED: Type = may_ask_back(
    &[
        word("complete").is(&tools::CALL_RESULT).since(V2026_07_28),
        word("input_required").is(&INPUT_REQUIRED).since(V2026_07_28),
    ],
    &tools::CALL_RESULT,
);
static RESOURCE_READ: Type = may_ask_back(
    &[
        word("complete").is(&resources::READ_RESULT).since(V2026_07_28),
        word("input_required").is(&INPUT_REQUIRED).since(V2026_07_28),
    ],
    &resources::READ_RESULT,
);
static PROMPT_GOT: Type = may_ask_back(
    &[
        word("complete").is(&prompts::GET_RESULT).since(V2026_07_28),
        word("input_required").is(&INPUT_REQUIRED).since(V2026_07_28),
    ],
    &prompts::GET_RESULT,
);
