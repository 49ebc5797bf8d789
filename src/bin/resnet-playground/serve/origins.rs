//! Which pages are let in, by the origin that browsers tell with a WebSocket's handshake and that no page can change.

/// Names of this machine. Whoever can serve a page from here can start programs here too.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Pages of this machine, and others that were named.
pub struct Origins {
    named: Vec<String>,
}

impl Origins {
    /// # Errors
    /// When one of the names is no origin.
    pub fn new(named: &[String]) -> Result<Self, String> {
        let named = named.iter().map(|origin| read(origin)).collect::<Result<_, _>>()?;
        Ok(Self { named })
    }

    /// Whether a page of this origin is let in. One without is none: a file, a frame in a sandbox, or no browser.
    pub fn allow(&self, origin: Option<&str>) -> bool {
        origin.is_some_and(|origin| is_local(origin) || self.named.iter().any(|named| named == origin))
    }
}

/// The origin as browsers write it.
fn read(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/').to_ascii_lowercase();
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let is_authority = |authority: &str| {
        !authority.is_empty() && authority.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._:[]".contains(letter))
    };
    match authority {
        Some(authority) if is_authority(authority) => Ok(origin),
        _ => Err(format!("--allow-origin takes the beginning of a page's address, as in https://example.org, and “{text}” is none")),
    }
}

fn is_local(origin: &str) -> bool {
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")).unwrap_or_default();
    let is_port = |rest: &str| rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    LOCAL.iter().any(|name| authority.strip_prefix(name).is_some_and(|rest| rest.is_empty() || is_port(rest)))
}
