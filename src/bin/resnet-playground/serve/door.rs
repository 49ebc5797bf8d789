//! Who is let in: the page's origin, then its token, then its version. Nothing else of it is read before.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use resnet_playground::protocol::workstation::{Hello, MOST_HELLO_BYTES, MOST_MESSAGE_BYTES, Refusal};
use resnet_playground::protocol::{PROTOCOL_VERSION, decode};
use sha2::{Digest, Sha256};
use tungstenite::handshake::server::{Callback, ErrorResponse, Request, Response};
use tungstenite::http::StatusCode;
use tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tungstenite::{Message, WebSocket, accept_hdr_with_config};

use super::origins::Origins;

/// A connection to a page.
pub type Socket = WebSocket<TcpStream>;

/// A page says hello at once.
const HELLO_TIMEOUT: Duration = Duration::from_secs(10);
/// A page that takes nothing for so long is lost.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);
/// A page that was refused is given so long to hear why.
const FAREWELL: Duration = Duration::from_secs(2);

/// What a page needs to be let in.
pub struct Door {
    pub origins: Origins,
    /// None where every page of these origins is let in.
    pub token: Option<String>,
}

impl Door {
    /// The connection, once all is as it should be.
    ///
    /// # Errors
    /// A line about what was not. The page has been told, unless it is of another origin: such a page learns nothing.
    pub fn let_in(&self, stream: TcpStream) -> Result<Socket, String> {
        let failed = |error: std::io::Error| format!("a connection failed: {error}");
        stream.set_nodelay(true).map_err(failed)?;
        stream.set_read_timeout(Some(HELLO_TIMEOUT)).map_err(failed)?;
        stream.set_write_timeout(Some(WRITE_TIMEOUT)).map_err(failed)?;
        let mut socket = self.shake_hands(stream)?;
        let refusal = match socket.read() {
            Ok(Message::Binary(bytes)) => self.refusal(decode(&bytes).ok()),
            Ok(_) | Err(tungstenite::Error::Capacity(_)) => Some(Refusal::Unreadable),
            Err(error) => return Err(format!("a page connected and said nothing: {error}")),
        };
        if let Some(refusal) = refusal {
            refuse(&mut socket, refusal);
            return Err(format!("refused a page: {}", refusal.sentence()));
        }
        socket.set_config(|config| *config = limited_to(MOST_MESSAGE_BYTES));
        Ok(socket)
    }

    fn shake_hands(&self, stream: TcpStream) -> Result<Socket, String> {
        let mut refused = None;
        let check = OriginCheck { origins: &self.origins, refused: &mut refused };
        let shaken = accept_hdr_with_config(stream, check, Some(limited_to(MOST_HELLO_BYTES))).map_err(|error| error.to_string());
        shaken.map_err(|error| refused.unwrap_or_else(|| format!("a connection was no page's: {error}")))
    }

    fn refusal(&self, hello: Option<Hello>) -> Option<Refusal> {
        let Some(Hello { protocol_version, token }) = hello else { return Some(Refusal::Unreadable) };
        if self.token.as_ref().is_some_and(|own| !are_alike(own, &token)) {
            return Some(Refusal::WrongToken);
        }
        (protocol_version != PROTOCOL_VERSION).then_some(Refusal::OtherVersion)
    }
}

/// Looks at the origin while the handshake goes on.
struct OriginCheck<'a> {
    origins: &'a Origins,
    /// A line about a page that is not let in.
    refused: &'a mut Option<String>,
}

impl Callback for OriginCheck<'_> {
    fn on_request(self, request: &Request, response: Response) -> Result<Response, ErrorResponse> {
        let origin = request.headers().get("origin").map(|value| value.to_str().unwrap_or("unreadable"));
        if self.origins.allow(origin) {
            return Ok(response);
        }
        *self.refused = Some(match origin {
            Some(origin) => format!("refused a page of {origin}: to let it in, start with --allow-origin {origin}"),
            None => "refused a connection without an origin: it is no page of a browser".to_owned(),
        });
        let mut refusal = ErrorResponse::new(None);
        *refusal.status_mut() = StatusCode::FORBIDDEN;
        Err(refusal)
    }
}

/// How long a comparison of digests takes says nothing about the texts.
fn are_alike(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

fn limited_to(bytes: usize) -> WebSocketConfig {
    WebSocketConfig::default().max_message_size(Some(bytes)).max_frame_size(Some(bytes))
}

/// Closes the connection with a reason, and waits until it has arrived: a socket that is dropped with something unread takes back
/// what was sent before.
pub fn refuse(socket: &mut Socket, refusal: Refusal) {
    let frame = CloseFrame { code: refusal.code().into(), reason: refusal.sentence().into() };
    // Whoever is gone need not be told.
    if socket.get_ref().set_read_timeout(Some(FAREWELL)).is_err() || socket.close(Some(frame)).is_err() {
        return;
    }
    let until = Instant::now() + FAREWELL;
    let mut unread = [0; 4096];
    while Instant::now() < until && socket.get_mut().read(&mut unread).is_ok_and(|bytes| bytes > 0) {}
}
