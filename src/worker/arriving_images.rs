//! Images that arrive while a run trains on those before them.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::Host;
use super::images::unusable;
use crate::dataset::{IMAGE_BYTES, LabelledImages, Shard, decode_shard};
use crate::protocol::TrainError;

/// Images of a part of a run.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub learnt: LabelledImages,
    pub validation: LabelledImages,
}

impl Part {
    pub fn append(&mut self, other: &Self) {
        self.learnt.append(&other.learnt);
        self.validation.append(&other.validation);
    }
}

/// A shard that is still to be fetched, and the images to take from it.
pub(super) struct PartToCome {
    pub shard: Shard,
    /// In the order of the shard.
    pub chosen: Vec<Chosen>,
}

/// An image of a run.
pub(super) struct Chosen {
    /// Its place in the shard.
    pub place: usize,
    /// Index into the chosen classes.
    pub label: u16,
    /// Whether it is kept out to validate with.
    pub validates: bool,
}

impl PartToCome {
    /// Its images, once the file is there.
    ///
    /// # Errors
    /// Names a file that is not what the manifest says.
    pub fn take(&self, file: &[u8]) -> Result<Part, TrainError> {
        let pixels = decode_shard(&self.shard.file, file, self.shard.labels.len()).map_err(unusable)?;
        let mut part = Part::default();
        for Chosen { place, label, validates } in &self.chosen {
            let images = if *validates { &mut part.validation } else { &mut part.learnt };
            images.pixels.extend_from_slice(&pixels[place * IMAGE_BYTES..(place + 1) * IMAGE_BYTES]);
            images.labels.push(*label);
        }
        Ok(part)
    }
}

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
        let Poll::Ready(fetched) = fetching.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { return None };
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
            self.under_way = Some(Box::pin(async move { part.take(&host.fetch_quietly(&url).await.map_err(unusable)?) }));
        }
        self.under_way.as_mut()
    }
}
