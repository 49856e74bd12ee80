//! What the small server offers: two tools, a resource and a prompt, as the documentation of the Rust SDK `rmcp` teaches
//! it. Its `main` says how it is reached.

use std::sync::{Arc, Mutex, PoisonError};

use rmcp::{
    ErrorData, Json, RoleServer, ServerHandler,
    handler::server::wrapper::Parameters,
    model::{
        GetPromptResult, ListResourcesResult, PaginatedRequestParams, PromptMessage, ReadResourceRequestParams,
        ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, Role, ServerCapabilities, ServerConfig,
    },
    prompt, prompt_handler, prompt_router,
    service::RequestContext,
    tool, tool_handler, tool_router,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The only resource.
const NOTES: &str = "hello://notes";

/// What to add up.
#[derive(Deserialize, JsonSchema)]
struct Terms {
    /// The numbers.
    numbers: Vec<i64>,
}

/// What comes out.
#[derive(Serialize, JsonSchema)]
struct Sum {
    sum: i64,
    terms: usize,
}

/// What to remember.
#[derive(Deserialize, JsonSchema)]
struct Note {
    text: String,
}

/// Whom to greet.
#[derive(Deserialize, JsonSchema)]
struct Guest {
    name: String,
}

/// The server.
#[derive(Clone, Default)]
pub struct Hello {
    notes: Arc<Mutex<Vec<String>>>,
}

#[tool_router]
impl Hello {
    #[tool(description = "Add numbers up", annotations(read_only_hint = true))]
    async fn add(&self, Parameters(terms): Parameters<Terms>) -> Result<Json<Sum>, String> {
        let sum = terms.numbers.iter().try_fold(0_i64, |sum, number| sum.checked_add(*number));
        let sum = sum.ok_or("the sum is too large")?;
        Ok(Json(Sum { sum, terms: terms.numbers.len() }))
    }

    #[tool(description = "Keep a note for as long as the server runs")]
    async fn remember(&self, Parameters(note): Parameters<Note>) -> String {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push(note.text);
        format!("{} notes", notes.len())
    }
}

#[prompt_router]
impl Hello {
    #[prompt(description = "Greet somebody")]
    async fn greet(&self, Parameters(guest): Parameters<Guest>) -> GetPromptResult {
        let text = format!("Say hello to {}.", guest.name);
        GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)])
    }
}

#[tool_handler]
#[prompt_handler]
impl ServerHandler for Hello {
    fn get_info(&self) -> ServerConfig {
        let offered = ServerCapabilities::builder().enable_tools().enable_prompts().enable_resources().build();
        ServerConfig::new(offered).with_instructions("Greets, and adds numbers up.")
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(vec![Resource::new(NOTES, "notes").with_mime_type("text/plain")]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if request.uri != NOTES {
            return Err(ErrorData::resource_not_found("there is no such resource", None));
        }
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner).join("\n");
        Ok(ReadResourceResult::new(vec![ResourceContents::text(notes, NOTES)]).into())
    }
}
