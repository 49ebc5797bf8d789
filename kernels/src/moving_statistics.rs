//! Moving statistics of batch norm.

/// `moving · momentum + batch · (1 − momentum)` for each channel.
pub fn follow(moving: &[f32], batch: &[f32], momentum: f64) -> Vec<f32> {
    let [kept, new] = [momentum as f32, (1.0 - momentum) as f32];
    moving.iter().zip(batch).map(|(moving, batch)| moving * kept + batch * new).collect()
}
