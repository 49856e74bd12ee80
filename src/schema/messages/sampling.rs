//! Sampling: a server that asks the model of the client.

use super::{
    base::{LEGACY_RESULT, META, NUMBER, OBJECT, ROLE, SHARE, TEXT, TEXTS, WHOLE},
    content::SAMPLING_BLOCK,
    tasks::TASK_AUGMENTED,
    tools::TOOL,
};
use crate::schema::language::{Type, V2025_11_25, list, may, must, object, one_or_many, part, word, words};

pub static PARAMS: Type = object(
    "CreateMessageRequestParams",
    "what a model is asked",
    &[
        must("messages", &list(&SAMPLING_MESSAGE)),
        may("modelPreferences", &MODEL_PREFERENCES),
        may("systemPrompt", &TEXT),
        may("includeContext", &words("", "", &[word("none"), word("thisServer"), word("allServers")])),
        may("temperature", &NUMBER),
        must("maxTokens", &WHOLE),
        may("stopSequences", &TEXTS),
        may("metadata", &OBJECT),
        may("tools", &list(&TOOL)).since(V2025_11_25),
        may("toolChoice", &TOOL_CHOICE).since(V2025_11_25),
    ],
)
.with(&[&TASK_AUGMENTED]);

static SAMPLING_MESSAGE: Type = object("SamplingMessage", "something said to or by a model", &[]).with(&[&SAID]);

static SAID: Type = part(&[
    must("role", &ROLE),
    must("content", &SAMPLING_BLOCK).until(V2025_11_25),
    must("content", &one_or_many(&SAMPLING_BLOCK)).since(V2025_11_25),
    may("_meta", &META).since(V2025_11_25),
]);

pub static ANSWER: Type =
    object("CreateMessageResult", "what a model answered", &[must("model", &TEXT), may("stopReason", &TEXT)])
        .with(&[&LEGACY_RESULT, &SAID]);

static MODEL_PREFERENCES: Type = object(
    "ModelPreferences",
    "which model is wanted",
    &[
        may("hints", &list(&MODEL_HINT)),
        may("costPriority", &SHARE),
        may("speedPriority", &SHARE),
        may("intelligencePriority", &SHARE),
    ],
);

static MODEL_HINT: Type = object("ModelHint", "a part of the name of a model", &[may("name", &TEXT)]);

static TOOL_CHOICE: Type = object(
    "ToolChoice",
    "whether the model may, must or must not use tools",
    &[may("mode", &words("", "", &[word("auto"), word("required"), word("none")]))],
);
