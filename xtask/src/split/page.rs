//! What changes in the page's HTML when its program is cut.

use anyhow::{Context, Result, ensure};

/// `app-` and Trunk's hash.
pub fn uncut_name(index: &str) -> Result<String> {
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let of = |(at, _)| index[at..].split_once("_bg.wasm").map(|(name, _)| name).filter(is_name);
    index.match_indices("app-").find_map(of).map(str::to_owned).context("index.html names no program of the page")
}

/// The page with the main file in the uncut one's place, with the loader fetched along with it, and with what reads a
/// link fetched along with it where there is one.
pub fn with_parts(index: &str, uncut: &str, hash: &str, of_link: &[String]) -> Result<String> {
    let cut = index.replace(uncut, &format!("app-{hash}"));
    let script = format!("app-{hash}.js");
    let is_preload = |tag: &&str| tag.contains("modulepreload") && tag.contains(&script);
    let tags = cut.split_inclusive('>').map(|tag| &tag[tag.rfind('<').unwrap_or(0)..]);
    let preload = tags.clone().find(is_preload).context("index.html preloads no script")?;
    ensure!(!preload.contains("integrity"), "index.html holds a checksum of the uncut program: its link needs data-integrity=\"none\"");
    let folder =
        preload.split_once("href=").and_then(|(_, rest)| rest.split_once(&script)).map(|(before, _)| before.trim_matches(['"', '\'']));
    let folder = folder.context("the preload of index.html has no address")?;
    let parts: Vec<String> = of_link.iter().map(|name| format!("'{folder}{name}'")).collect();
    let early = format!(
        "<script>if (location.search) for (const href of [{}]) document.head.append(Object.assign(document.createElement('link'), \
         {{ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }}))</script>",
        parts.join(", ")
    );
    let loader = preload.replace(&script, &format!("app-{hash}-parts.js"));
    Ok(cut.replacen(preload, &format!("{preload}{loader}{early}"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<head><link crossorigin href=./app-12ab.js rel=modulepreload><link as=fetch href=./app-12ab_bg.wasm rel=preload>\
        <script type=module>import init from './app-12ab.js'; init({ module_or_path: './app-12ab_bg.wasm' })</script></head>";

    #[test]
    fn the_page_fetches_the_loader_along_with_the_main_file() {
        let uncut = uncut_name(INDEX).unwrap();
        assert_eq!(uncut, "app-12ab");
        let page = with_parts(INDEX, &uncut, "77", &["part-77-link.wasm".into()]).unwrap();
        assert!(!page.contains("12ab"), "nothing names the uncut program: {page}");
        let preloads = "<link crossorigin href=./app-77.js rel=modulepreload><link crossorigin href=./app-77-parts.js rel=modulepreload>";
        assert!(page.contains(preloads), "{page}");
        assert!(page.contains("of ['./part-77-link.wasm']"), "what reads a link is fetched where there is one: {page}");
    }

    #[test]
    fn a_checksum_of_the_uncut_program_is_refused() {
        let page = INDEX.replace("crossorigin", "integrity=sha384-AA");
        assert!(with_parts(&page, "app-12ab", "77", &[]).is_err());
    }
}
