//! Images that arrive while a run trains on those before them.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use futures::FutureExt;

use super::Host;
use crate::dataset::split::{Part, PartToCome};
use crate::experiment::TrainError;

type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Part, TrainError>> + 'a>>;

/// Parts on their way, one fetched at a time, in their order.
pub(super) struct ArrivingImages<'a, H> {
    host: &'a H,
    folder: String,
    left: VecDeque<Rc<PartToCome>>,
    /// The first of those.
    under_way: Option<Fetching<'a>>,
    /// A part did not come. It is fetched again once nothing can be done without it.
    failed: bool,
}

impl<'a, H: Host> ArrivingImages<'a, H> {
    pub fn new(host: &'a H, folder: &str, parts: Vec<PartToCome>) -> Self {
        Self { host, folder: folder.to_owned(), left: parts.into_iter().map(Rc::new).collect(), under_way: None, failed: false }
    }

    /// The next part if it is there.
    pub fn arrived(&mut self) -> Option<Part> {
        if self.failed {
            return None;
        }
        let fetching = self.fetching()?;
        let fetched = fetching.as_mut().now_or_never()?;
        let fetched = self.end(fetched);
        self.failed = fetched.is_err();
        fetched.ok()
    }

    /// Waits for the next part; none after the last.
    ///
    /// # Errors
    /// When it cannot be fetched or decoded.
    pub async fn next(&mut self) -> Result<Option<Part>, TrainError> {
        self.failed = false;
        let Some(fetching) = self.fetching() else { return Ok(None) };
        let fetched = fetching.await;
        self.end(fetched).map(Some)
    }

    fn end(&mut self, fetched: Result<Part, TrainError>) -> Result<Part, TrainError> {
        self.under_way = None;
        if fetched.is_ok() {
            self.left.pop_front();
        }
        fetched
    }

    fn fetching(&mut self) -> Option<&mut Fetching<'a>> {
        if self.under_way.is_none() {
            let part = self.left.front()?.clone();
            let (host, url) = (self.host, format!("{}{}", self.folder, part.shard.file));
            self.under_way = Some(Box::pin(async move { Ok(part.take(&host.fetch_quietly(&url).await.map_err(TrainError::images)?)?) }));
        }
        self.under_way.as_mut()
    }
}
