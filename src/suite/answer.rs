//! What an example server says over HTTP instead of what the demo server would say.

use serde_json::Value;

use super::{HeaderValue, Pattern, Payload, Scope};

/// An answer over HTTP. What it does not say stays as the demo server says it.
#[derive(Clone, Debug)]
pub struct HttpAnswer {
    /// The requests that it is for, as `{ method, path, headers, rpc }`; all when absent.
    pub when: Option<Pattern>,
    /// The status code.
    pub status: Option<u16>,
    /// Put over the headers of the answer.
    pub headers: Vec<(String, HeaderValue)>,
    /// The body.
    pub body: Option<Content>,
}

/// The body of an answer; `{{id}}` stands for the id of the request.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Bytes.
    Bytes(Payload),
    /// JSON.
    Json(Value),
}

impl HttpAnswer {
    /// Whether it is for a request, given as `{ method, path, headers, rpc }`.
    pub fn is_for(&self, request: &Value) -> bool {
        self.when.as_ref().is_none_or(|when| when.fit(request, &Scope::new()).is_ok())
    }

    /// The bytes of its body, for a request with this id; `None` leaves the body to the demo server.
    pub fn content(&self, id: &Value) -> Option<Vec<u8>> {
        Some(self.body.as_ref()?.bytes(id))
    }
}

impl Content {
    fn bytes(&self, id: &Value) -> Vec<u8> {
        match self {
            Self::Bytes(Payload::Text(text)) => text.replace("{{id}}", &id.to_string()).into_bytes(),
            Self::Bytes(Payload::Bytes(bytes)) => bytes.clone(),
            Self::Bytes(Payload::Repeated(text, times)) => text.repeat(*times).into_bytes(),
            Self::Json(value) => {
                let mut scope = Scope::new();
                scope.set("id", id.clone());
                scope.fill(value).unwrap_or_else(|_| value.clone()).to_string().into_bytes()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(content: Content, id: &Value) -> String {
        let answer = HttpAnswer { when: None, status: None, headers: Vec::new(), body: Some(content) };
        String::from_utf8(answer.content(id).unwrap()).unwrap()
    }

    #[test]
    fn the_id_of_the_request_is_put_in() {
        let text = Content::Bytes(Payload::Text(r#"{"id":{{id}}}"#.into()));
        assert_eq!(said(text.clone(), &json!("a")), r#"{"id":"a"}"#);
        assert_eq!(said(text, &json!(7)), r#"{"id":7}"#);
        let json = Content::Json(json!({ "id": "{{id}}", "text": "not {{ this" }));
        assert_eq!(said(json, &json!(7)), r#"{"id":7,"text":"not {{ this"}"#);
    }

    #[test]
    fn bytes_are_left_as_they_are() {
        assert_eq!(said(Content::Bytes(Payload::Bytes(b"{{id}}".to_vec())), &json!(1)), "{{id}}");
        assert_eq!(said(Content::Bytes(Payload::Repeated("ab".into(), 3)), &json!(1)), "ababab");
        let silent = HttpAnswer { when: None, status: Some(202), headers: Vec::new(), body: None };
        assert_eq!(silent.content(&json!(1)), None);
    }
}
