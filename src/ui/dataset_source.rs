//! Finds the data set: one of the visitor's own, or the page's: the whole one where it was built, the starter elsewhere.

use crate::ui::browser::window;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::dataset::{DatasetManifest, FOLDERS, STARTER, Shard, imported_folder};
use crate::run::DatasetSource;
use crate::worker::javascript::get;
use crate::worker::storage::look_up;

use super::browser::absolute_url;

/// The data set of that name in a link; without a name, the first of the page's whose manifest can be read.
///
/// # Errors
/// A sentence about the last place that was looked into.
pub async fn find(name: &str) -> Result<DatasetSource, String> {
    let places = match name {
        "" => FOLDERS.map(str::to_owned).to_vec(),
        STARTER => vec![FOLDERS[1].to_owned()],
        _ => vec![imported_folder(name)],
    };
    let mut last = Err("there is no folder to look into".to_owned());
    for folder in places {
        // Some servers answer a missing file with the page itself: what cannot be parsed is not there.
        last = load(&absolute_url(&folder)).await;
        if last.is_ok() {
            break;
        }
    }
    last
}

async fn load(url: &str) -> Result<DatasetSource, String> {
    let manifest = format!("{url}manifest.json");
    let answer = look_up(&manifest).unwrap_or_else(|| window().fetch_with_str(&manifest));
    let response: Response = JsFuture::from(answer).await.and_then(JsValue::dyn_into).map_err(|_| "the server cannot be reached")?;
    if !response.ok() {
        return Err(format!("the server answers {} {}", response.status(), response.status_text()).trim_end().to_owned());
    }
    let json = json_of(&response).await.ok_or("manifest.json is not a data set's manifest")?;
    let manifest = manifest_of(&json).ok_or("manifest.json is not a data set's manifest")?;
    manifest.check().map_err(|error| error.to_string())?;
    Ok(DatasetSource { url: url.to_owned(), manifest })
}

async fn json_of(response: &Response) -> Option<JsValue> {
    JsFuture::from(response.json().ok()?).await.ok()
}

/// The browser has read the JSON already; a second reader in the page would be a twentieth of its download.
fn manifest_of(json: &JsValue) -> Option<DatasetManifest> {
    let channels = |key| {
        let values = list(json, key);
        let channel = |place: usize| values.get(place)?.as_f64().map(|value| value as f32);
        Some([channel(0)?, channel(1)?, channel(2)?])
    };
    Some(DatasetManifest {
        name: get(json, "name").as_string()?,
        image: [0, 1, 2].map(|axis| whole(list(json, "image").get(axis))),
        classes: list(json, "classes").iter().filter_map(JsValue::as_string).collect(),
        channel_mean: channels("channel_mean")?,
        channel_deviation: channels("channel_deviation")?,
        train: shards(json, "train")?,
        test: shards(json, "test")?,
    })
}

fn shards(json: &JsValue, key: &str) -> Option<Vec<Shard>> {
    let shard = |json: &JsValue| {
        let labels = list(json, "labels").iter().map(|label| whole(Some(label)) as u16).collect();
        Some(Shard { file: get(json, "file").as_string()?, bytes: whole(Some(&get(json, "bytes"))) as u64, labels })
    };
    list(json, key).iter().map(shard).collect()
}

fn list(object: &JsValue, key: &str) -> Vec<JsValue> {
    get(object, key).dyn_into::<Array>().map(|list| list.to_vec()).unwrap_or_default()
}

/// What is no whole number becomes one that the manifest's own check refuses.
fn whole(value: Option<&JsValue>) -> usize {
    value.and_then(JsValue::as_f64).map_or(usize::MAX, |number| number as usize)
}
