//! Measures what whitens the images of a run and keeps it where the trainer looks, inside the worker.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Request, Response};

use super::browser_storage::read;
use crate::checkpoint::autosave::STORE;
use crate::dataset::LabelledImages;
use crate::dataset::augmentation::ImageStatistics;
use crate::dataset::split::training_parts;
use crate::dataset::whitening::{KEPT, kept_name, measure as measure_matrix};
use crate::experiment::RunRequest;
use crate::language::tr;
use crate::protocol::tasks::TaskAnswer;
use crate::worker::javascript::words;
use crate::worker::storage::{open, read_from};

/// Of the training images of `request`.
pub async fn measure(request: RunRequest, tell: impl Fn(String)) -> Result<TaskAnswer, String> {
    let images = images(&request).await?;
    let epsilon = request.hyperparameters.whitening_epsilon;
    let name = kept_name(&images, epsilon);
    let store = open(STORE).await.map_err(|missing| tr!("what whitens them cannot be kept: {missing}", missing))?;
    let found = JsFuture::from(store.match_with_str(&name)).await;
    if !found.is_ok_and(|found| found.is_instance_of::<Response>()) {
        let matrix = measure_matrix(&images, epsilon, &mut |step| tell(step.into()));
        drop(images);
        keep(&store, &name, &matrix).await?;
    }
    Ok(TaskAnswer::Whitening { name })
}

/// The matrix for the training images of `request` if it is kept, and the means of their channels.
pub async fn kept(request: &RunRequest) -> Option<(Vec<f32>, [f32; 3])> {
    let images = images(request).await.ok()?;
    let file = read_from(STORE, &kept_name(&images, request.hyperparameters.whitening_epsilon)).await?;
    let matrix = file.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    Some((matrix, ImageStatistics::measured(&images).mean))
}

async fn images(request: &RunRequest) -> Result<LabelledImages, String> {
    let (parts, _) = training_parts(&request.images()).map_err(|error| error.to_string())?;
    let mut images = LabelledImages::default();
    for part in parts {
        let file = &part.shard.file;
        let bytes = read(&format!("{}{file}", request.dataset_url)).await;
        let bytes = bytes.ok_or_else(|| tr!("{file} did not arrive: check the connection and try again", file))?;
        images.append(&part.take(&bytes).map_err(|error| error.to_string())?.learnt);
    }
    Ok(images)
}

/// In the place of those before it: each takes 38 MB.
async fn keep(store: &Cache, name: &str, matrix: &[u8]) -> Result<(), String> {
    let full = |error: JsValue| tr!("the matrix that whitens them cannot be kept in this browser ({reason})", reason = words(&error));
    for request in Array::from(&JsFuture::from(store.keys()).await.unwrap_or_default()) {
        let request: Request = request.unchecked_into();
        if request.url().contains(KEPT) {
            // One that cannot be removed takes room, no more.
            drop(JsFuture::from(store.delete_with_request(&request)).await);
        }
    }
    let contents = Response::new_with_opt_buffer_source(Some(&Uint8Array::from(matrix))).map_err(full)?;
    JsFuture::from(store.put_with_str(name, &contents)).await.map(drop).map_err(full)
}
