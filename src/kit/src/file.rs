//! Files: one that is chosen, and one that is handed out. What the Web says of them is asked for by name, so
//! that a page that hands out no file waits for none of it.
use crate::hooks::fresh_id;
use crate::{Icon, Live, Shape};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, window};

/// The address of a file that was handed out is kept for so long: a phone may ask where to put it.
const ADDRESS_MS: f64 = 60_000.0;

/// A file that somebody has chosen. It is not read yet.
#[derive(Clone, Debug)]
pub struct ChosenFile(JsValue);

/// Lets somebody choose a file of their own. It looks like a button.
#[component]
pub fn FileField(
    /// Verb and thing.
    #[prop(into)]
    label: Live<String>,
    /// Which kinds of files are offered, as an `accept` says it.
    #[prop(into)]
    kinds: String,
    /// Given the one that was chosen.
    #[prop(into)]
    on_choose: Callback<ChosenFile>,
) -> impl IntoView {
    let id = fresh_id("file");
    let choose = move |event: Event| {
        if let Some(chosen) = event.target().and_then(|input| chosen_in(&input)) {
            on_choose.run(chosen);
        }
    };
    view! {
        <div class="file-field">
            <input class="file-input" type="file" id=id.clone() accept=kinds on:change=choose/>
            <label class="button" for=id>
                <Icon shape=Shape::Search/>
                <span>{move || label.get()}</span>
            </label>
        </div>
    }
}

fn chosen_in(input: &JsValue) -> Option<ChosenFile> {
    let files = get(input, "files")?;
    let file = Reflect::get_u32(&files, 0).ok().filter(JsValue::is_object)?;
    // The same file may be chosen once more, and says so only when the box is empty.
    let kept = ChosenFile(file);
    let _ = Reflect::set(input, &"value".into(), &"".into());
    Some(kept)
}

impl ChosenFile {
    /// What stands in it, but no more than this; `None` where it cannot be read.
    pub async fn bytes(self, most: u32) -> Option<Vec<u8>> {
        let part = call(&self.0, "slice", &[0.into(), most.into()])?;
        let promise: Promise = call(&part, "arrayBuffer", &[])?.dyn_into().ok()?;
        let buffer = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// Gives somebody a file: where the device has a way to share files and no folder of its own, by that way;
/// else the browser saves it. Must be called from a press. `false` where neither can be done.
pub fn hand_out(name: &str, kind: &str, bytes: &[u8]) -> bool {
    file_of(name, kind, bytes).is_some_and(|file| share(&file) || save(&file, name).is_some())
}

fn file_of(name: &str, kind: &str, bytes: &[u8]) -> Option<JsValue> {
    let options = object(&[("type", kind.into())]);
    let parts = Array::of1(&Uint8Array::from(bytes));
    construct("File", &[parts.into(), name.into(), options])
}

/// Only iPhones and iPads have the property. Apps on their home screen cannot save a file.
fn share(file: &JsValue) -> bool {
    let Some(navigator) = global("navigator") else { return false };
    let files = object(&[("files", Array::of1(file).into())]);
    let has = get(&navigator, "standalone").is_some();
    let can = has
        && call(&navigator, "canShare", std::slice::from_ref(&files))
            .is_some_and(|can| can.is_truthy());
    let shared = if can { call(&navigator, "share", &[files]) } else { None };
    if let Some(shared) = &shared {
        // Somebody may think better of it, which is no mistake.
        call(shared, "catch", &[global("Boolean").unwrap_or_default()]);
    }
    shared.is_some()
}

fn save(file: &JsValue, name: &str) -> Option<()> {
    let addresses = global("URL")?;
    let address = call(&addresses, "createObjectURL", std::slice::from_ref(file))?;
    let link = call(&global("document")?, "createElement", &["a".into()])?;
    Reflect::set(&link, &"href".into(), &address).ok()?;
    Reflect::set(&link, &"download".into(), &name.into()).ok()?;
    call(&link, "click", &[])?;
    let forget = get(&addresses, "revokeObjectURL")?;
    let forget = call(&forget, "bind", &[addresses, address])?;
    call(&window()?.into(), "setTimeout", &[forget, ADDRESS_MS.into()]).map(drop)
}

fn global(name: &str) -> Option<JsValue> {
    get(&window()?.into(), name)
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|found| !found.is_undefined())
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = get(of, name)?.dyn_into().ok()?;
    Reflect::apply(&function, of, &arguments.iter().collect()).ok()
}

fn construct(name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let class: Function = global(name)?.dyn_into().ok()?;
    Reflect::construct(&class, &arguments.iter().collect()).ok()
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
