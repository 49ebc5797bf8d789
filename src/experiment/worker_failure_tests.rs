use super::worker_failure::*;

const LOADER: &str = "trainer_cpu_loader-12.js";

fn alone(words: &str) -> WorkerFailure {
    WorkerFailure::of(words, &Surroundings::default())
}

fn answered(words: &str, status: u16, content_type: &str) -> WorkerFailure {
    let files = vec![
        FileAnswer { file: LOADER.into(), answer: Some((200, "text/javascript; charset=utf-8".into())) },
        FileAnswer { file: "trainer_cpu-12.js".into(), answer: Some((status, content_type.into())) },
    ];
    WorkerFailure::of(words, &Surroundings { files, ..Surroundings::default() })
}

#[test]
fn what_does_not_fit_together_is_reloaded_in_each_browser_s_words() {
    for words in [
        "Uncaught LinkError: WebAssembly.instantiate(): Import #12 \"./trainer_cpu_bg.js\" \"__wbg_a\": function import requires a callable",
        "LinkError: import object field '__wbg_a' is not a Function",
        "Uncaught TypeError: WebAssembly.instantiate(): Import #0 \"./tasks_bg.js\": module is not an object or function",
        "TypeError: import object field './tasks_bg.js' is not an Object",
        "TypeError: import ./tasks_bg.js:a must be an object",
        "Uncaught SyntaxError: The requested module './tasks.js' does not provide an export named 'default'",
        "Uncaught TypeError: wasm.__wbindgen_start is not a function",
    ] {
        assert_eq!(alone(words), WorkerFailure::OtherBuild, "{words}");
    }
    assert!(!WorkerFailure::OtherBuild.can_be_retried(), "the same page would ask for the same worker");
    assert!(WorkerFailure::OtherBuild.to_string().contains("reload"));
}

#[test]
fn policies_are_named_and_nothing_is_tried_again() {
    let wasm = [
        "Uncaught CompileError: WebAssembly.instantiateStreaming(): Refused to compile or instantiate WebAssembly module because \
         'unsafe-eval' is not an allowed source of script in the following Content Security Policy directive: \"script-src 'self'\"",
        "CompileError: call to WebAssembly.instantiate() blocked by CSP",
        "EvalError: Refused to evaluate a string as JavaScript because 'unsafe-eval' is not an allowed source",
    ];
    for words in wasm {
        assert_eq!(alone(words), WorkerFailure::WasmForbidden, "{words}");
    }
    let told = |forbidden_by: &str| Surroundings { forbidden_by: Some(forbidden_by.into()), ..Surroundings::default() };
    for directive in ["worker-src", "child-src", "script-src-elem"] {
        let failure = WorkerFailure::of("", &told(directive));
        assert_eq!(failure, WorkerFailure::WorkersForbidden { directive: directive.into() });
        assert!(!failure.can_be_retried() && failure.to_string().contains(directive));
    }
    let thrown = "Failed to construct 'Worker': Access to the script at 'x' is denied by the document's Content Security Policy.";
    assert_eq!(alone(thrown), WorkerFailure::WorkersForbidden { directive: "worker-src".into() });
}

#[test]
fn a_file_that_the_server_does_not_have_is_named() {
    for (status, content_type) in [(404, "text/plain"), (410, ""), (503, "text/html"), (200, "text/html; charset=utf-8")] {
        let failure = answered("", status, content_type);
        assert!(matches!(&failure, WorkerFailure::Missing { file, .. } if file == "trainer_cpu-12.js"), "{status}: {failure}");
    }
    let wrong = |content_type: &str| answered("", 200, content_type);
    for (content_type, said) in [("text/plain", "text/plain"), ("application/octet-stream", "application/octet-stream"), ("", "no type")] {
        assert!(wrong(content_type).to_string().contains(said), "{content_type}: {}", wrong(content_type));
    }
    let in_page_s_place = "Uncaught CompileError: expected magic word 00 61 73 6d, found 3c 21 64 6f";
    assert!(matches!(answered(in_page_s_place, 200, "text/html"), WorkerFailure::Missing { .. }));
}

#[test]
fn what_did_not_arrive_or_is_damaged_is_tried_again() {
    let lost = Surroundings { files: vec![FileAnswer { file: LOADER.into(), answer: None }], ..Surroundings::default() };
    for words in ["", "Uncaught TypeError: Failed to fetch", "TypeError: NetworkError when attempting to fetch resource."] {
        assert_eq!(WorkerFailure::of(words, &lost), WorkerFailure::NotArrived { file: LOADER.into() }, "{words}");
    }
    for words in [
        "Uncaught CompileError: WebAssembly.instantiateStreaming(): section (code 10) extends past end of the module",
        "CompileError: wasm validation error: at offset 9: unexpected end",
        "Uncaught SyntaxError: Unexpected end of input",
    ] {
        let failure = answered(words, 200, "application/javascript");
        assert!(matches!(failure, WorkerFailure::Damaged { .. }) && failure.can_be_retried(), "{words}: {failure}");
    }
    let unreadable = answered("", 200, "text/javascript");
    assert!(matches!(unreadable, WorkerFailure::Damaged { .. }), "all is there, and the browser says nothing: {unreadable}");
    assert!(matches!(alone("RangeError: WebAssembly.Memory(): could not allocate memory"), WorkerFailure::OutOfMemory { .. }));
    let stopped = WorkerFailure::Stopped { reason: "RuntimeError: unreachable".into() };
    assert_eq!(WorkerFailure::of("Uncaught RuntimeError: unreachable", &lost), stopped, "it had arrived");
    assert!(WorkerFailure::depends_on_files("") && !WorkerFailure::depends_on_files("Uncaught RuntimeError: unreachable"));
}

#[test]
fn a_frame_or_a_browser_without_workers_is_not_tried_again() {
    let sandboxed = Surroundings { is_sandboxed: true, ..Surroundings::default() };
    for words in
        ["", "Failed to construct 'Worker': Script cannot be accessed from origin 'null'.", "SecurityError: The operation is insecure."]
    {
        assert_eq!(WorkerFailure::of(words, &sandboxed), WorkerFailure::Sandboxed, "{words}");
    }
    for words in ["ReferenceError: Worker is not defined", "ReferenceError: Can't find variable: Worker"] {
        assert!(alone(words) == WorkerFailure::NoWorkers && !alone(words).can_be_retried(), "{words}");
    }
}

#[test]
fn files_of_a_worker_are_found_in_its_scripts() {
    assert_eq!(files_named_in("import init from './tasks-1f.js';await init();"), ["tasks-1f.js"]);
    let start =
        "await import(`./trainer_cpu_loader-1f.js`); await import(\"./trainer_cpu_threads_loader-1f.js\"); './trainer_cpu_loader-1f.js'";
    assert_eq!(files_named_in(start), ["trainer_cpu_loader-1f.js", "trainer_cpu_threads_loader-1f.js"]);
    assert_eq!(files_named_in("fetch(new URL('a_bg-1f.wasm', import.meta.url)); 'https://elsewhere/x.js'; '.js'"), ["a_bg-1f.wasm"]);
    let bound = "return { __proto__: null, \"./tasks_bg.js\": import0 }; module_or_path = new URL('tasks_bg-1f.wasm', import.meta.url);";
    assert_eq!(files_named_in(bound), ["tasks_bg-1f.wasm"], "what is imported is no file");
    assert!(files_named_in("").is_empty());
}
